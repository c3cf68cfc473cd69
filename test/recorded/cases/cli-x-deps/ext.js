"use k6 with k6/x/sql ~> 0.4 , !=0.4.1";
import f from "k6/x/faker";
import s from "k6/x/sql";
import h from "k6/http";
export default function () {}

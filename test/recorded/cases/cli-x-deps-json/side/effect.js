import '../script.js';
import grpc from 'k6/net/grpc';

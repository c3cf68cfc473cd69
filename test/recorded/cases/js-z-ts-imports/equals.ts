const thing = { eq: 1 }; export = thing;

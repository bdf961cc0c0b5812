import { watchConsole } from "./console.ts";
import { TEST_ENVIRONMENT } from "./environment.ts";

Object.assign(process.env, TEST_ENVIRONMENT);
watchConsole();

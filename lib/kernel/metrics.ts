import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Prometheus figures of this process. No ids in labels. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const httpRequests = new Histogram({
  name: "recado_http_request_seconds",
  help: "Time to answer API requests",
  labelNames: ["method", "route", "status"],
  buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});

export const jobs = new Histogram({
  name: "recado_job_seconds",
  help: "Time to work a job",
  labelNames: ["job", "outcome"],
  buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
  registers: [registry],
});

export const webhooks = new Counter({
  name: "recado_webhooks_total",
  help: "Webhooks by outcome: stored, duplicate, spooled, refused and why",
  labelNames: ["outcome"],
  registers: [registry],
});

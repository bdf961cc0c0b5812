import { Counter, collectDefaultMetrics, Histogram, register } from "prom-client";

/**
 * Prometheus figures of this process. No ids in labels. The web process loads this file twice, inside
 * Next's bundle and beside it: what is defined first serves both.
 */
export const registry = register;
if (!register.getSingleMetric("process_cpu_seconds_total")) collectDefaultMetrics();

export const httpRequests = histogram(
  "recado_http_request_seconds",
  "Time to answer API requests",
  ["method", "route", "status"],
  [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
);

export const jobs = histogram(
  "recado_job_seconds",
  "Time to work a job",
  ["job", "outcome"],
  [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
);

export const webhooks = counter(
  "recado_webhooks_total",
  "Webhooks by outcome: stored, duplicate, spooled, refused and why",
  ["outcome"],
);

function histogram<L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) {
  const known = register.getSingleMetric<L>(name);
  return known instanceof Histogram ? known : new Histogram({ name, help, labelNames, buckets });
}

function counter<L extends string>(name: string, help: string, labelNames: L[]) {
  const known = register.getSingleMetric<L>(name);
  return known instanceof Counter ? known : new Counter({ name, help, labelNames });
}

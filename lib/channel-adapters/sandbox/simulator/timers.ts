/** Waits that end with the process and are dropped together when the sandbox closes. */
export class Timers {
  #pending = new Set<NodeJS.Timeout>();
  #closed = false;

  later(ms: number, work: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      work();
    }, ms);
    if (this.#closed) clearTimeout(timer);
    else this.#pending.add(timer);
    return timer;
  }

  cancel(timer: NodeJS.Timeout | null | undefined): void {
    if (!timer) return;
    clearTimeout(timer);
    this.#pending.delete(timer);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.later(ms, resolve));
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}

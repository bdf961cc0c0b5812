"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";

/** What is wrong with one field, in the reader's words; undefined when nothing is. */
type Check = (value: string, values: Record<string, string>) => string | undefined;

/**
 * A form whose inputs keep their own values, so that what was typed or filled in before the page came
 * alive is not lost. Fields are checked when left (once there is something to check) and all of them on
 * submit; the focus then goes to the first wrong one.
 */
export function useForm<Name extends string>(checks: Record<Name, Check>) {
  const ref = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<Partial<Record<Name, string>>>({});
  const [pending, setPending] = useState(false);
  const [focusAsked, setFocusAsked] = useState(0);

  useEffect(() => {
    if (focusAsked > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [focusAsked]);

  const names = Object.keys(checks) as Name[];

  function values(): Record<Name, string> {
    const data = ref.current ? new FormData(ref.current) : new FormData();
    const texts = names.map((name) => {
      const value = data.get(name);
      return [name, typeof value === "string" ? value : ""];
    });
    return Object.fromEntries(texts);
  }

  function setError(name: Name, error: string | undefined) {
    setErrors(({ [name]: _, ...others }) => {
      const kept = others as Partial<Record<Name, string>>;
      return error === undefined ? kept : { ...kept, [name]: error };
    });
  }

  return {
    ref,
    pending,
    errorOf: (name: Name) => errors[name],

    /** For the input of that name. */
    field: (name: Name) => ({
      name,
      onBlur() {
        const given = values();
        const error = given[name] === "" ? undefined : checks[name](given[name], given);
        // What the server refused stays until it is changed, and with it a link one is about to press.
        if (error !== undefined) setError(name, error);
      },
      onInput() {
        if (errors[name] !== undefined) setError(name, undefined);
      },
    }),

    /** What the server found wrong; names that are not fields here are left out. */
    reject(found: Partial<Record<string, string>>) {
      const ours = names.filter((name) => found[name] !== undefined);
      setErrors(Object.fromEntries(ours.map((name) => [name, found[name]])) as Partial<Record<Name, string>>);
      setFocusAsked((count) => count + 1);
      return ours.length > 0;
    },

    reset() {
      ref.current?.reset();
      setErrors({});
    },

    /** For `onSubmit`: runs once at a time, and only when every field is right. */
    submit: (run: (values: Record<Name, string>) => Promise<void>) => async (event: FormEvent) => {
      event.preventDefault();
      if (pending) return;
      const given = values();
      const found = names.flatMap((name) => {
        const error = checks[name](given[name], given);
        return error === undefined ? [] : [[name, error]];
      });
      setErrors(Object.fromEntries(found));
      if (found.length > 0) {
        setFocusAsked((count) => count + 1);
        return;
      }
      setPending(true);
      try {
        await run(given);
      } finally {
        setPending(false);
      }
    },
  };
}

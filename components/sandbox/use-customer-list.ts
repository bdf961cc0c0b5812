"use client";

import { z } from "zod";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import type { PracticeCustomer } from "#lib/domain/sandbox/practice-phones.ts";
import { useStored } from "./stored.ts";

const People = z.array(z.object({ name: z.string(), phone: z.string() }));
const NOBODY: PracticeCustomer[] = [];

/** The invented people of this workspace: those everyone gets, and those added in this browser. */
export function useCustomerList(presets: readonly PracticeCustomer[]) {
  const { tenant } = useWorkspace();
  const [added, setAdded] = useStored(`recado-practice-people-${tenant.id}`, People, NOBODY);
  return {
    people: [...presets, ...added],
    add: (customer: PracticeCustomer) => setAdded([...added, customer]),
  };
}

const Habits = z.object({ autoRead: z.boolean(), typing: z.boolean() });
const DEFAULT_HABITS = { autoRead: true, typing: true };

/** How the simulated phone behaves by itself. */
export function useHabits() {
  return useStored("recado-practice-habits", Habits, DEFAULT_HABITS);
}

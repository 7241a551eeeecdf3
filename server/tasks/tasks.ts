import type { Task, TaskDecision, TaskList, TaskQuery } from '../../shared/api/tasks.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Desk } from '../ports/desk.ts'

export function listTasks({ stores, now }: Desk, query: TaskQuery): Promise<TaskList> {
  return stores.tasks.list(query, now())
}

export async function countTasks({ stores, now }: Desk): Promise<{ readonly open: number }> {
  return { open: await stores.tasks.open(now()) }
}

/** Problem `not-found`. */
export function readTask({ stores, now }: Desk, id: string): Promise<Task> {
  return stores.tasks.one(id, now())
}

/** A person decides, and the customer goes on at once. Problem `not-found`, `task-decided`, `task-over`, `no-such-button`. */
export async function decideTask(
  desk: Desk,
  actor: Actor,
  id: string,
  decision: TaskDecision,
): Promise<Task> {
  await desk.stores.tasks.decide(desk.act(actor), id, decision)
  await desk.settle()
  return desk.stores.tasks.one(id, desk.now())
}

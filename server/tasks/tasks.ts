import type { Task, TaskDecision, TaskList, TaskMade, TaskQuery } from '../../shared/api/tasks.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Desk } from '../ports/desk.ts'
import type { Viewer } from '../ports/tasks.ts'

export function listTasks({ stores, now }: Desk, query: TaskQuery, viewer: Viewer): Promise<TaskList> {
  const staff = viewer ?? query.staff
  return stores.tasks.list(staff === undefined ? query : { ...query, staff }, now(), viewer)
}

export async function countTasks({ stores, now }: Desk, viewer: Viewer): Promise<{ readonly open: number }> {
  return { open: await stores.tasks.open(now(), viewer) }
}

/** Problem `not-found`. */
export function readTask({ stores, now }: Desk, id: string, viewer: Viewer): Promise<Task> {
  return stores.tasks.one(id, now(), viewer)
}

/** Somebody gives something to do by hand. Problems `unknown-customer`, `no-such-staff`, `no-such-team`, `task-due-unfit`. */
export async function makeTask({ stores, act, now }: Desk, actor: Actor, made: TaskMade): Promise<Task> {
  const id = await stores.tasks.make(act(actor), made)
  return stores.tasks.one(id, now(), null)
}

/** Takes back what was given by hand. Problems `not-found`, `task-of-journey`, `task-decided`, `task-over`. */
export async function cancelTask({ stores, act, now }: Desk, actor: Actor, id: string): Promise<Task> {
  await stores.tasks.cancel(act(actor), id)
  return stores.tasks.one(id, now(), null)
}

/** A person decides, and the customer goes on at once. Problem `not-found`, `task-decided`, `task-over`, `no-such-button`. */
export async function decideTask(
  desk: Desk,
  actor: Actor,
  id: string,
  { decision, viewer }: { readonly decision: TaskDecision; readonly viewer: Viewer },
): Promise<Task> {
  await desk.stores.tasks.decide(desk.act(actor), id, decision, viewer)
  await desk.settle()
  return desk.stores.tasks.one(id, desk.now(), null)
}

/** One of the staff takes a task or is given one. Problems `not-found`, `task-over`, `no-such-staff`, `staff-only`. */
export async function assignTask(
  desk: Desk,
  actor: Actor,
  id: string,
  { staff, viewer }: { readonly staff: string | null; readonly viewer: Viewer },
): Promise<Task> {
  await desk.stores.tasks.assign(desk.act(actor), id, staff, viewer)
  return desk.stores.tasks.one(id, desk.now(), null)
}

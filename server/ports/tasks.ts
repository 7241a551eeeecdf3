import type { Task, TaskDecision, TaskList, TaskMade, TaskQuery } from '../../shared/api/tasks.ts'
import type { Act, Changes } from './acts.ts'

/** The member of staff who looks; null: whoever may see all. */
export type Viewer = string | null

interface TaskChanges {
  /**
   * Makes a task by hand; answers its id. Problems `unknown-customer`, `no-such-staff`, `no-such-team`,
   * `task-due-unfit`.
   */
  make(act: Act, made: TaskMade): Promise<string>
  /** Takes a task back that was made by hand. Problems `not-found`, `task-of-journey`, `task-decided`, `task-over`. */
  cancel(act: Act, id: string): Promise<void>
  /**
   * Keeps a person's decision and makes the customer who waits for it due. The first holds: Problem `not-found`,
   * `task-decided`, `task-over`, `no-such-button`.
   */
  decide(act: Act, id: string, decision: TaskDecision, viewer: Viewer): Promise<void>
  /** Gives a task to one of the staff, or back. Problems `not-found`, `task-over`, `no-such-staff`, `staff-only`. */
  assign(act: Act, id: string, staff: string | null, viewer: Viewer): Promise<void>
}

/** What waits for a person's decision. Which is open depends on the moment: a task ends at its deadline. */
export interface TaskStore extends Changes<TaskChanges> {
  list(query: TaskQuery, now: number, viewer: Viewer): Promise<TaskList>
  open(now: number, viewer: Viewer): Promise<number>
  /** Problem `not-found`. */
  one(id: string, now: number, viewer: Viewer): Promise<Task>
}

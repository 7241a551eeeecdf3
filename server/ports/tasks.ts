import type { Task, TaskDecision, TaskList, TaskQuery } from '../../shared/api/tasks.ts'
import type { Act, Changes } from './acts.ts'

interface TaskChanges {
  /**
   * Keeps a person's decision and makes the customer who waits for it due. The first holds: Problem `not-found`,
   * `task-decided`, `task-over`, `no-such-button`.
   */
  decide(act: Act, id: string, decision: TaskDecision): Promise<void>
}

/** What waits for a person's decision. Which is open depends on the moment: a task ends at its deadline. */
export interface TaskStore extends Changes<TaskChanges> {
  list(query: TaskQuery, now: number): Promise<TaskList>
  open(now: number): Promise<number>
  /** Problem `not-found`. */
  one(id: string, now: number): Promise<Task>
}

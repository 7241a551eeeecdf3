import type { RenderedAttachment } from '../../shared/channels/index.ts'
import type { Act } from './acts.ts'

/** What WeCom has told, as it was read. */
export interface ToldCallback {
  /** Of what it says: told again it is the same. */
  readonly key: string
  /** When it happened, by WeCom (epoch milliseconds). */
  readonly at: number
  readonly event: string
  readonly change: string
  readonly fields: Readonly<Record<string, string>>
}

/** What WeCom says of a customer beside who it is. */
export interface FriendDetails {
  readonly name: string | null
  readonly unionid: string | null
}

/** The corp's tags that employees have put on a customer, as WeCom said. */
export interface TagsHeard {
  readonly externalUserId: string
  /** By whichever employee. */
  readonly tagIds: readonly string[]
  /** Whether these are all: what is not among them has been taken away there. */
  readonly whole: boolean
  /** When WeCom was asked, in real time: what it was told since, it has not said yet. */
  readonly askedAt: number
}

/** What WeCom is to be told of one customer's tags. */
export interface DueMarks {
  readonly customerId: string
  /** Who has them as a friend. */
  readonly friends: readonly { readonly externalUserId: string; readonly userId: string }[]
  readonly marks: readonly { readonly tagId: string; readonly turn: number; readonly has: boolean }[]
}

/** How telling WeCom of some tags ended: all was told, or not yet and why; without a time it is given up. */
export type Marked = DueMarks &
  ({ readonly told: true } | { readonly told: false; readonly error: string; readonly dueAt: number | null })

/** That a customer and an employee have become friends. */
export interface Befriended {
  readonly externalUserId: string
  readonly userId: string
  readonly at: number
  readonly state: string | null
  readonly code: string | null
  /** null where WeCom could not be asked. */
  readonly details: FriendDetails | null
  /** Whether the employee looks after the customer from now on, where nobody does. */
  readonly owns: boolean
}

export interface Parted {
  readonly externalUserId: string
  readonly userId: string
  readonly at: number
  /** Who has taken whom away. */
  readonly by: 'customer' | 'employee'
}

/** Whose a friendship is, as the brand knows them. */
export interface FriendOf {
  readonly customerId: string
  /** The employee's number among the staff; null where they are not listed there. */
  readonly staff: string | null
}

/** A code by which a new friend can be greeted. */
export interface WelcomeCode {
  readonly code: string
  readonly at: number
  /** Whether the same message was tried with it before. */
  readonly again: boolean
}

/** A message that goes out in a broadcast. */
export interface Gathered {
  readonly messageId: number
  readonly customerId: string
  readonly externalUserId: string
  /** By which contents are known to be the same. */
  readonly hash: string
}

/** By what WeCom knows the pictures that were brought to it, each for three days. */
export interface WecomMedia {
  /** Of those that were given since; notes that they are used. */
  media(
    corpId: string,
    pictures: readonly string[],
    times: { readonly since: number; readonly now: number },
  ): Promise<ReadonlyMap<string, string>>
  keepMedia(given: {
    readonly corpId: string
    readonly picture: string
    readonly mediaId: string
    readonly at: number
  }): Promise<void>
  /** WeCom has them no more. */
  forgetMedia(mediaIds: readonly string[]): Promise<void>
  /** Pictures that WeCom has, or had, by numbers of before that, and that were used since; forgets the others. */
  mediaToRenew(
    corpId: string,
    which: { readonly before: number; readonly usedSince: number; readonly limit: number },
  ): Promise<readonly string[]>
  /** A picture of the brand's own by its hash; null where it has none. */
  picture(hash: string): Promise<Uint8Array | null>
}

/** What the channel keeps of messages that WeCom does not take one by one. */
export interface WecomBook extends WecomMedia {
  /** The newest code of a friend that no other message has used, noted as this one's. */
  codeFor(externalUserId: string, key: string): Promise<WelcomeCode | null>
  /** Keeps messages for a broadcast; one that is kept already stays as it is. */
  gather(messages: readonly Gathered[], now: number): Promise<void>
}

/** A broadcast as it is to be made: at most so many customers as one call takes. */
export interface TaskToMake {
  readonly id: number
  readonly sender: string
  readonly text: string
  readonly attachments: readonly RenderedAttachment[]
  readonly to: readonly { readonly messageId: number; readonly externalUserId: string }[]
  /** When it was begun; of one that an earlier process has begun it is not known whether it was made. */
  readonly madeAt: number
}

/** A broadcast that waits for its employee. */
export interface WaitingTask {
  readonly id: number
  readonly sender: string
  readonly msgid: string
  readonly madeAt: number
  readonly looks: number
}

/** What became of a broadcast for one customer, as WeCom says it. */
export interface TaskResult {
  readonly externalUserId: string
  readonly status: 1 | 2 | 3
  /** When it was sent, where WeCom says so. */
  readonly at: number | null
}

/** A message of which something is to be reported, and whose it is. */
export interface ReportedMessage {
  readonly messageId: number
  readonly customerId: string
  readonly externalUserId: string
}

/** What a member of staff is to be told: tasks that they have got since they were told last. */
export interface NewTasks {
  readonly staff: string
  /** Their user id in WeCom. */
  readonly userId: string
  readonly count: number
  /** When the first of them is late, on the brand's clock. */
  readonly dueAt: number
}

/** What works on by itself asks of the store; each method is one transaction. */
export interface WecomWork {
  /** What was told and is to be done now, the oldest first. */
  due(realNow: number, limit: number): Promise<readonly ToldCallback[]>
  done(keys: readonly string[]): Promise<void>
  /** It is tried again then, or given up where there is no more time. */
  failed(key: string, error: string, dueAt: number | null): Promise<void>
  befriended(act: Act, friend: Befriended): Promise<FriendOf>
  befriendedAll(act: Act, friends: readonly Befriended[]): Promise<void>
  /** Whom some employees have, and had before that time. */
  friendsOf(
    userIds: readonly string[],
    before: number,
  ): Promise<readonly { readonly externalUserId: string; readonly userId: string }[]>
  /** What WeCom knows of somebody by now; whom nobody knows here stays unknown. */
  described(act: Act, friend: FriendDetails & { readonly externalUserId: string }): Promise<void>
  /** null: nobody knows them. */
  parted(act: Act, parting: Parted): Promise<FriendOf | null>
  /**
   * Puts tags on and takes them away as they are in WeCom; what is still to be told there is newer here. false: WeCom
   * was told of some while it was asked, and has to be asked again.
   */
  tagsHeard(act: Act, heard: TagsHeard): Promise<boolean>
  /** A tag, or a group of them, was deleted in WeCom. */
  tagsGone(of: 'tag' | 'tag_group', id: string, realNow: number): Promise<void>
  /** Of whom has had no word since, and whose tasks have gathered until then, on the brand's clock. */
  newTasks(times: {
    readonly now: number
    readonly gatheredUntil: number
    readonly toldBefore: number
  }): Promise<readonly NewTasks[]>
  /** They know of what they had got until then. */
  tasksTold(staff: string, gatheredUntil: number, now: number): Promise<void>
  /** Of at most so many customers. */
  dueMarks(realNow: number, limit: number): Promise<readonly DueMarks[]>
  marked(results: readonly Marked[], realNow: number): Promise<void>
  /** When the last message came that is part of no broadcast, and the first; null where there is none. */
  gathering(): Promise<{ readonly first: number; readonly last: number } | null>
  /** Makes broadcasts of what is gathered, by sender and content, and begins them; whom nobody follows stays over. */
  begin(
    now: number,
    limit: number,
  ): Promise<{ readonly tasks: readonly TaskToMake[]; readonly unfollowed: readonly ReportedMessage[] }>
  /** Broadcasts that an earlier process has begun, and of which nobody knows whether they were made. */
  begun(before: number): Promise<readonly TaskToMake[]>
  /** WeCom has taken it, but for some; answers those. */
  made(
    id: number,
    answer: { readonly msgid: string; readonly failed: readonly string[]; readonly dueAt: number },
  ): Promise<readonly ReportedMessage[]>
  /** It was surely not made: its messages wait for another, or are given up. */
  unmade(id: number, error: string, again: boolean): Promise<readonly ReportedMessage[]>
  /** Whether one of WeCom's numbers is of a broadcast that is known. */
  known(msgids: readonly string[]): Promise<ReadonlySet<string>>
  waiting(now: number, limit: number): Promise<readonly WaitingTask[]>
  /** Keeps results that are new, and when to look again; answers whose they are. */
  results(
    id: number,
    results: readonly TaskResult[],
    dueAt: number | null,
  ): Promise<readonly (ReportedMessage & Pick<TaskResult, 'status' | 'at'>)[]>
  /** No more is looked at; answers the messages of which nothing was heard. */
  closed(id: number, status: 'done' | 'failed'): Promise<readonly ReportedMessage[]>
}

/** A broadcast as people see it. */
export interface TaskSeen {
  readonly id: number
  readonly sender: string
  /** The employee's name, where the staff lists them. */
  readonly staff: string | null
  readonly status: string
  readonly text: string
  readonly journeyId: string | null
  readonly madeAt: number
  /** When the employee of a sandbox presses send; null where nobody knows. */
  readonly confirmsAt: number | null
  readonly customers: number
  readonly sent: number
  readonly failed: number
  readonly reminders: readonly number[]
}

/** How a brand and its WeCom stand. */
export interface WecomStanding {
  readonly friends: number
  readonly employees: number
  readonly syncing: boolean
  readonly syncedAt: number | null
}

/** By what it begins: that friends are to be taken over is kept among what WeCom tells, and done as that is. */
export const syncEvent = 'magpie_sync'

/** What routes ask of the store. */
export interface WecomStore {
  /** Keeps what was told until it is done; false: it was told before. */
  keep(callback: ToldCallback, realNow: number): Promise<boolean>
  standing(): Promise<WecomStanding>
  /** Has friends taken over. */
  sync(act: Act): Promise<void>
  tasks(limit: number): Promise<readonly TaskSeen[]>
  /** Problem `not-found`. */
  task(id: number): Promise<{
    readonly msgid: string | null
    readonly status: string
    readonly reminders: readonly number[]
  }>
  reminded(act: Act, id: number): Promise<void>
  /** Of a sandbox: the employee presses send then, if they would not have before; `reminded` where that was why. */
  hastened(act: Act, id: number, at: number, why: 'confirmed' | 'reminded'): Promise<void>
  /** It goes to nobody any more to whom it has not gone; answers those messages. */
  cancelled(act: Act, id: number): Promise<readonly ReportedMessage[]>
}

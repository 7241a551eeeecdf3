import { z } from 'zod'
import { Problem } from '../../../../shared/errors/index.ts'
import { syncEvent, type TaskSeen, type WecomStore, type WecomWork } from '../../../ports/wecom.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { callbackKeeper } from './callbacks.ts'
import { friendKeeper } from './friends.ts'
import { playedEmployees } from './played.ts'
import { staffTold } from './staff-told.ts'
import { tagKeeper } from './tags.ts'
import { taskKeeper } from './tasks.ts'

/** What works on by itself asks for; each method is one transaction. */
export function wecomWork(db: BrandDatabase): WecomWork {
  const callbacks = callbackKeeper(db)
  const friends = friendKeeper(db)
  const tasks = taskKeeper(db)
  const tags = tagKeeper(db)
  const told = staffTold(db)
  const whole = <Args extends unknown[], T>(work: (...args: Args) => T) => {
    const run = db.sqlite.transaction((args: Args) => work(...args)).immediate
    return async (...args: Args): Promise<T> => run(args)
  }
  return {
    due: async (realNow, limit) => callbacks.due(realNow, limit),
    done: whole((keys) => callbacks.done(keys)),
    failed: whole((key, error, dueAt) => callbacks.failed(key, error, dueAt)),
    befriended: whole((act, friend) => friends.befriended(act, friend)),
    befriendedAll: whole((act, all) => {
      for (const friend of all) friends.befriended(act, friend)
    }),
    friendsOf: async (userIds, before) => friends.friendsOf(userIds, before),
    described: whole((act, friend) => friends.described(act, friend)),
    parted: whole((act, parting) => friends.parted(act, parting)),
    tagsHeard: whole((act, heard) => tags.heard(act, heard)),
    tagsGone: whole((of, id, realNow) => tags.gone(of, id, realNow)),
    newTasks: async (times) => told.due(times),
    tasksTold: whole((staff, gatheredUntil, now) => told.told(staff, gatheredUntil, now)),
    dueMarks: async (realNow, limit) => tags.due(realNow, limit),
    marked: whole((results, realNow) => tags.marked(results, realNow)),
    gathering: async () => tasks.gathering(),
    begin: whole((now, limit) => tasks.begin(now, limit)),
    begun: async (before) => tasks.begun(before),
    made: whole((id, answer) => tasks.made(id, answer)),
    unmade: whole((id, error, again) => tasks.unmade(id, error, again)),
    known: async (msgids) => tasks.known(msgids),
    waiting: async (now, limit) => tasks.waiting(now, limit),
    results: whole((id, results, dueAt) => tasks.results(id, results, dueAt)),
    closed: whole((id, status) => tasks.closed(id, status)),
  }
}

const times = z.array(z.number())

interface SeenRow extends Omit<TaskSeen, 'reminders'> {
  reminders: string
}

/** What routes ask for. */
export function wecomStore(db: BrandDatabase): WecomStore {
  const { sqlite } = db
  const callbacks = callbackKeeper(db)
  const tasks = taskKeeper(db)
  const change = changer(db)
  const employees = playedEmployees(db)
  const keep = sqlite.transaction((...given: Parameters<typeof callbacks.keep>) => {
    callbacks.forget(given[1])
    return callbacks.keep(...given)
  })
  const list = sqlite.prepare<[number], SeenRow>(
    `select t.id, t.sender, (select s.name from staff s where s.wecom = t.sender limit 1) as staff, t.status,
       coalesce(m.body, '') as text, m.journey_id as journeyId, t.made_at as madeAt, iif(t.msgid is null, t.due_at, null) as confirmsAt, t.reminders,
       (select count(*) from wecom_recipients r where r.task_id = t.id) as customers,
       (select count(*) from wecom_recipients r where r.task_id = t.id and r.result = 1) as sent,
       (select count(*) from wecom_recipients r where r.task_id = t.id and r.result > 1) as failed
     from wecom_tasks t
       left join messages m on m.id = (select min(r.message_id) from wecom_recipients r where r.task_id = t.id)
     where t.status <> 'failed' order by t.id desc limit ?`,
  )
  const one = sqlite.prepare<[number], { msgid: string | null; status: string; reminders: string }>(
    'select msgid, status, reminders from wecom_tasks where id = ?',
  )
  const counts = sqlite.prepare<[], { friends: number; employees: number }>(
    `select count(distinct external_user_id) as friends, count(distinct user_id) as employees from wecom_follows
     where removed_at is null or removed_at < added_at`,
  )
  const lastSync = sqlite.prepare<[], { at: number; dueAt: number | null }>(
    `select at, due_at as dueAt from wecom_callbacks where key >= '${syncEvent} ' and key < '${syncEvent}!'
     order by at desc limit 1`,
  )
  const remind = sqlite.prepare('update wecom_tasks set reminders = ? where id = ?')
  const timesOf = (text: string): number[] => valueOr(readColumn(text, times), [])
  const must = (id: number) => {
    const row = one.get(id)
    if (row === undefined) throw new Problem('not-found', { what: String(id) }, 'id')
    return { ...row, reminders: timesOf(row.reminders) }
  }
  return {
    keep: async (callback, realNow) => keep.immediate(callback, realNow),
    standing: async () => {
      const { friends = 0, employees = 0 } = counts.get() ?? {}
      const last = lastSync.get()
      return {
        ...{ friends, employees, syncing: last !== undefined && last.dueAt !== null },
        syncedAt: last === undefined || last.dueAt !== null ? null : last.at,
      }
    },
    sync: async (act) =>
      change(
        act,
        () => {
          const key = `${syncEvent} ${act.realAt}`
          callbacks.keep({ key, at: act.realAt, event: syncEvent, change: '', fields: {} }, act.realAt)
        },
        () => ({ action: 'wecom.synced', id: 'wecom' }),
      ),
    tasks: async (limit) =>
      list.all(limit).map(({ reminders, ...row }) => ({ ...row, reminders: timesOf(reminders) })),
    task: async (id) => must(id),
    reminded: async (act, id) =>
      change(
        act,
        () => void remind.run(JSON.stringify([...must(id).reminders, act.realAt]), id),
        () => ({ action: 'wecom.reminded', id: String(id) }),
      ),
    hastened: async (act, id, at, why) =>
      change(
        act,
        () => {
          const { reminders } = must(id)
          if (why === 'reminded') remind.run(JSON.stringify([...reminders, act.realAt]), id)
          employees.hasten(id, at, act.at)
        },
        () => ({ action: `wecom.${why}`, id: String(id) }),
      ),
    cancelled: async (act, id) =>
      change(
        act,
        () => {
          const { msgid } = must(id)
          if (msgid === null) employees.drop(id)
          return tasks.closed(id, 'cancelled')
        },
        (silent) => ({ action: 'wecom.cancelled', id: String(id), detail: { count: silent.length } }),
      ),
  }
}

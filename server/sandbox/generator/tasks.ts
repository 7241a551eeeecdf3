import type { TaskDecision, TaskMade } from '../../../shared/api/tasks.ts'
import { taskDecision, taskMade } from '../../../shared/api/tasks.ts'

/** A task that somebody of the shop gave by hand before the clock stands still, and what came of it. */
export interface DemoTask {
  readonly made: TaskMade
  readonly at: number
  readonly done: { readonly decision: TaskDecision; readonly by: string; readonly at: number } | null
}

interface Line {
  readonly staff: string
  readonly kind: TaskMade['kind']
  readonly title: string
  readonly text?: string
  /** Hours from the moment at which the clock stands: made, late, and done by then. */
  readonly made: number
  readonly due: number
  readonly high?: boolean
  readonly done?: {
    readonly at: number
    readonly button: string
    readonly note?: string
    readonly next?: string
  }
}

const lines: readonly Line[] = [
  {
    ...{ staff: 'C01', kind: 'call', title: '回访：新到的礼盒合不合心意', made: -75, due: -27 },
    done: { at: -50, button: 'reached', note: '很喜欢，七夕想再送妈妈一份', next: '2027-08-05' },
  },
  {
    ...{ staff: 'C02', kind: 'call', title: '金卡年度礼：确认收货地址', made: -30, due: 22, high: true },
    text: '上次寄到公司被退回，请问家里是否有人收件。',
  },
  {
    ...{ staff: 'C01', kind: 'visit', title: '邀请到店试七夕新品', made: -26, due: 3 },
    text: '留一套试用装在柜台。',
  },
  { staff: 'E02', kind: 'call', title: '护理预约：确认周末到店时间', made: -52, due: -4 },
  {
    ...{ staff: 'E03', kind: 'message', title: '上次问的色号到货了，告诉一声', made: -31, due: -5 },
    done: { at: -22, button: 'written', note: '回复说周日来取' },
  },
  {
    ...{ staff: 'N02', kind: 'call', title: '礼盒少了贺卡：致歉并补寄', made: -29, due: -2, high: true },
    text: '补寄后把快递单号发给顾客。',
  },
  {
    ...{ staff: 'S02', kind: 'visit', title: '到店取货时介绍护理套组', made: -56, due: -8 },
    done: { at: -12, button: 'met', note: '带走了小样，下次来买' },
  },
  { staff: 'C03', kind: 'other', title: '核对发票抬头后重开', made: -20, due: 40 },
  {
    ...{ staff: 'C03', kind: 'call', title: '问问退货的原因', made: -98, due: -50 },
    done: { at: -53, button: 'not_reached', note: '打了两次没有接' },
  },
  {
    ...{ staff: 'E01', kind: 'decide', title: '大额订单：要不要送一份小样', made: -9, due: 15, high: true },
    text: '这位顾客近三个月买了四次。',
  },
  {
    ...{ staff: 'N01', kind: 'call', title: '很久没来了，问候一声', made: -101, due: -30 },
    done: { at: -60, button: 'refused', note: '请不要再打电话' },
  },
  { staff: 'S01', kind: 'call', title: '七夕前确认礼盒要不要刻字', made: -6, due: 1 },
  { staff: 'E02', kind: 'visit', title: '上门送换货', made: -5, due: 20 },
]

const hourMs = 3_600_000

function doneOf(by: string, done: Line['done'], now: number): DemoTask['done'] {
  if (done === undefined) return null
  const { at, ...decision } = done
  return { decision: taskDecision.parse(decision), by, at: now + at * hourMs }
}

/** Each for the next customer of whoever is to do it; of somebody who has too few there is none. */
export function demoTasks(
  owners: readonly { readonly customerId: string; readonly staff: string }[],
  now: number,
): DemoTask[] {
  const given = new Set<string>()
  return lines.flatMap(({ staff, kind, title, text = '', made, due, high = false, done }) => {
    const customer = owners.find((one) => one.staff === staff && !given.has(one.customerId))?.customerId
    if (customer === undefined) return []
    given.add(customer)
    const task = taskMade.parse({
      ...{ customerId: customer, kind, title, text, due: now + due * hourMs },
      ...{ for: { to: 'staff', staff }, priority: high ? 'high' : 'normal' },
    })
    return [{ made: task, at: now + made * hourMs, done: doneOf(staff, done, now) }]
  })
}

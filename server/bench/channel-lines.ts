import { measureDispatch } from './dispatching.ts'
import { line, number } from './line.ts'
import { measureBroadcasts, measureGreetings } from './wecom.ts'

export async function dispatch(messages: number): Promise<void> {
  const { rate, limit } = await measureDispatch(messages)
  line(
    `dispatch of ${number.format(messages)} messages`,
    `${number.format(rate)} a second, to a gateway that takes 50 ms over each`,
    `ratio ${(rate / limit).toFixed(2)}`,
    `asked: at least 0.95 of a limit of ${number.format(limit)} a second`,
    rate >= limit * 0.95,
  )
}

export async function broadcasts(customers: number): Promise<void> {
  const employees = 200
  const { seconds, calls } = await measureBroadcasts(customers, employees)
  line(
    `broadcasts to ${number.format(customers)} friends`,
    `of ${employees} employees, by ${calls} calls`,
    `${seconds.toFixed(2)} s`,
    'asked: within 60 s, by the fewest calls',
    seconds <= 60 && calls === Math.min(employees, customers),
  )
}

export async function greetings(waiting: number): Promise<void> {
  const { p50, p99, greeted, of } = await measureGreetings(waiting)
  line(
    `greetings beside ${number.format(waiting)} waiting`,
    `p50 ${number.format(p50)} ms from WeCom’s call to ours, ${greeted} of ${of} greeted`,
    `p99 ${number.format(p99)} ms`,
    'asked: p99 under 1 s',
    p99 < 1000 && greeted === of,
  )
}

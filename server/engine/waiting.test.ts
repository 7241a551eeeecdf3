import { describe, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const reminder = {
  nodes: { hand: by.hand(), rest: by.rest('3 days'), reminder: by.sms('别忘了'), done: by.exit() },
  flow: ['hand -> rest', 'rest -> reminder', 'reminder -> done'],
}

const rescue = (config = {}) => ({
  nodes: {
    hand: by.hand(),
    buys: by.until('order', '2 days', config),
    thanks: by.sms('谢谢'),
    nudge: by.sms('还在等您'),
    done: by.exit(),
  },
  flow: [
    'hand -> buys',
    'buys.happened -> thanks',
    'buys.timeout -> nudge',
    'thanks -> done',
    'nudge -> done',
  ],
})

test('a wait ends at its time, and not before', () =>
  drive()
    .publish(reminder)
    .enter('王芳')
    .advance('2 days')
    .expectNotSent('reminder')
    .advance('1 day')
    .expectSent('reminder', '王芳')
    .run())

describe('waiting for an event (rule 8)', () => {
  test('rule 8: an event that is waited for is answered at once, and the time limit is no more', () =>
    drive()
      .publish(rescue())
      .enter('王芳')
      .advance('1 day')
      .event('王芳', 'order')
      .expectSent('thanks', '王芳')
      .advance('5 days')
      .expectNotSent('nudge')
      .run())

  test('without it the customer goes on at the time limit', () =>
    drive().publish(rescue()).enter('王芳').advance('2 days').expectSent('nudge', '王芳').run())

  test('rule 8: an event from before the wait does not count, though it comes in during it', () =>
    drive()
      .publish(rescue())
      .enter('王芳')
      .advance('1 day')
      .event('王芳', 'order', { ago: '25 hours' })
      .expectWaitingAt('buys', '王芳')
      .run())

  test('rule 8: an event from the very moment of the deadline still counts', () =>
    drive()
      .publish(rescue())
      .enter('王芳')
      .event('王芳', 'order', { ahead: '2 days' })
      .advance('2 days')
      .expectSent('thanks', '王芳')
      .expectNotSent('nudge')
      .run())

  test('rule 8: within the grace period a late event counts, if it happened in time', () =>
    drive()
      .publish(rescue({ graceMinutes: 120 }))
      .enter('王芳', '李雷')
      .advance('49 hours')
      .event('王芳', 'order', { ago: '2 hours' })
      .event('李雷', 'order', { ago: '30 minutes' })
      .expectSent('thanks', '王芳')
      .advance('1 hour')
      .expectSent('nudge', '李雷')
      .run())

  test('rule 8: without grace a timeout is decided at the deadline and never undone', () =>
    drive()
      .publish(rescue())
      .enter('王芳')
      .advance('49 hours')
      .event('王芳', 'order', { ago: '2 hours' })
      .expectSent('nudge', '王芳')
      .expectNotSent('thanks')
      .run())
})

describe('pause and resume (rule 22)', () => {
  test('rule 22: a pause holds timers; what came due meanwhile happens at the resume', () =>
    drive()
      .publish(reminder)
      .enter('王芳')
      .pause()
      .advance('3 days')
      .expectNotSent('reminder')
      .resume()
      .expectSent('reminder', '王芳')
      .run())

  test('rule 22: a wait missed in the pause follows its late policy on the resume', () =>
    drive()
      .publish({
        ...reminder,
        nodes: { ...reminder.nodes, rest: by.rest('3 days', { late: 'leave' }) },
      })
      .enter('王芳')
      .pause()
      .advance('5 days')
      .resume()
      .expectNotSent('reminder')
      .expectEnded('王芳', 'late')
      .run())

  test('rule 22: nobody comes in while it is paused', () =>
    drive()
      .publish({
        nodes: { bought: by.event('order'), rest: by.rest('1 day'), done: by.exit() },
        flow: ['bought -> rest', 'rest -> done'],
      })
      .pause()
      .event('王芳', 'order')
      .resume()
      .expectWaitingAt('rest')
      .run())

  test('an event that is waited for is not lost in the pause: its answer waits for the resume', () =>
    drive()
      .publish(rescue())
      .enter('王芳')
      .pause()
      .advance('1 hour')
      .event('王芳', 'order')
      .expectNotSent('thanks')
      .advance('5 days')
      .expectNotSent('thanks')
      .resume()
      .expectSent('thanks', '王芳')
      .expectNotSent('nudge')
      .run())

  test('goals and exit rules act in the pause too', () =>
    drive()
      .publish({ ...reminder, settings: { exitWhen: [{ event: 'order', where: [] }] } })
      .enter('王芳')
      .pause()
      .advance('1 hour')
      .event('王芳', 'order')
      .expectEnded('王芳', 'exit_rule')
      .run())

  test('rule 22: a stop ends everyone and lets nobody in', () =>
    drive()
      .publish(reminder)
      .enter('王芳', '李雷')
      .stop()
      .advance('3 days')
      .expectNotSent('reminder')
      .expectEnded('王芳', 'stopped')
      .expectEnded('李雷', 'stopped')
      .run())
})

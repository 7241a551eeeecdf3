import { describe, test } from 'vitest'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type Sketch } from '../testing/sketch.ts'

const ordered = (days: number) => ({
  ...{ kind: 'events', event: 'order', where: [], measure: 'count', op: 'gte', value: 1 },
  window: { kind: 'last', span: { amount: days, unit: 'day' }, wholeDays: false },
})
const save = (key: string, condition: object | null) => (driver: JourneyDriver) =>
  driver.db.sqlite
    .prepare(
      `insert or replace into audiences (key, name, kind, condition, created_at, updated_at)
       values (?, '{"en":"A"}', ?, ?, 0, 0)`,
    )
    .run(
      key,
      condition === null ? 'list' : 'condition',
      condition === null ? null : JSON.stringify(condition),
    )
const put =
  (key: string, ...names: readonly string[]) =>
  async (driver: JourneyDriver) => {
    const add = driver.db.sqlite.prepare(
      'insert into audience_members (audience, customer_id, at) values (?, ?, 0)',
    )
    for (const name of names) add.run(key, name)
    await driver.brand.settle()
  }
const take = (key: string, name: string) => async (driver: JourneyDriver) => {
  driver.db.sqlite
    .prepare('delete from audience_members where audience = ? and customer_id = ?')
    .run(key, name)
  await driver.brand.settle()
}

const course = (exitAudiences: readonly object[], more: Partial<Sketch> = {}): Sketch => ({
  nodes: { in: by.hand(), rest: by.rest('5 days'), hello: by.sms('您好'), done: by.exit() },
  flow: ['in -> rest', 'rest -> hello', 'hello -> done'],
  settings: { exitAudiences },
  ...more,
})
const leave = { audience: 'vip', on: 'leave' }
const join = { audience: 'vip', on: 'join' }

const listed = () =>
  drive()
    .members('王芳', '李雷')
    .do(save('vip', null))
    .do(put('vip', '王芳', '李雷'))

describe('rule 18: whoever leaves or joins an audience leaves the journey', () => {
  test('rule 18: whoever is taken out of the list is out at once, in whichever wait', () =>
    listed()
      .publish(course([leave]))
      .enter('王芳', '李雷')
      .do(take('vip', '王芳'))
      .expectEnded('王芳', 'exit_audience')
      .expectLeft('王芳', 'rest', 'left', { audience: 'vip', on: 'leave' })
      .expectWaitingAt('rest', '李雷')
      .advance('6 days')
      .expectSent('hello', '李雷')
      .run())

  test('rule 18: whoever buys and so joins the buyers is out, and others go on', () =>
    drive()
      .members('王芳', '李雷')
      .do(save('vip', ordered(30)))
      .publish(course([join]))
      .enter('王芳', '李雷')
      .event('王芳', 'order', { amount: 100 })
      .expectEnded('王芳', 'exit_audience')
      .expectWaitingAt('rest', '李雷')
      .run())

  test('rule 18: time alone takes somebody out of an audience, and out of the journey', () =>
    drive()
      .members('王芳')
      .do(save('vip', ordered(2)))
      .event('王芳', 'order', { amount: 100 })
      .publish(course([leave]))
      .enter('王芳')
      .advance('47 hours')
      .expectWaitingAt('rest', '王芳')
      .advance('3 hours')
      .expectEnded('王芳', 'exit_audience')
      .run())

  test('rule 18: what is queued and not handed over is taken back', () =>
    drive({ brand: { quietHours: null, caps: [] } })
      .members('王芳')
      .do(save('vip', null))
      .do(put('vip', '王芳'))
      .publish(
        course([leave], {
          nodes: {
            in: by.hand(),
            hello: by.sms('您好'),
            rest: by.rest('1 day'),
            again: by.sms('再见'),
            done: by.exit(),
          },
          flow: ['in -> hello', 'hello -> rest', 'rest -> again', 'again -> done'],
          settings: { exitAudiences: [leave], rate: { messages: 1, per: 'hour' } },
        }),
      )
      .enter('李雷', '王芳')
      .do(take('vip', '王芳'))
      .advance('2 days')
      .expectSent('hello', '李雷')
      .run())

  test('whoever is of it, or was not, when they came in has done nothing', () =>
    listed()
      .do(take('vip', '李雷'))
      .publish(course([leave, { audience: 'vip', on: 'join' }]))
      .enter('王芳', '李雷')
      .advance('1 day')
      .expectWaitingAt('rest', '李雷', '王芳')
      .run())

  test('whoever leaves it while the journey stands still is out on the resume, before anything is sent', () =>
    listed()
      .publish(course([leave]))
      .enter('王芳', '李雷')
      .advance('4 days')
      .pause()
      .do(take('vip', '王芳'))
      .advance('2 days')
      .resume()
      .expectEnded('王芳', 'exit_audience')
      .expectSent('hello', '李雷')
      .run())

  test('rule 21: whoever finishes on the version that has the rule is held to it, and nobody on one without', () =>
    listed()
      .publish(course([leave]))
      .enter('王芳')
      .publish(course([], { nodes: { ...course([]).nodes, rest: by.rest('6 days') } }), {
        fate: 'finish',
        mapping: {},
      })
      .enter('李雷')
      .do(take('vip', '王芳'))
      .do(take('vip', '李雷'))
      .expectEnded('王芳', 'exit_audience')
      .expectWaitingAt('rest', '李雷')
      .run())

  test('rule 21: whoever is moved to a version with the rule leaves by it', () =>
    listed()
      .publish(course([]))
      .enter('王芳')
      .publish(course([leave]), { fate: 'move', mapping: {} })
      .do(take('vip', '王芳'))
      .expectEnded('王芳', 'exit_audience')
      .run())

  test('an audience that is not there lets nobody publish', () =>
    drive()
      .refuses('journey-has-errors', course([leave]))
      .run())
})

import { describe, expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type NodeSketch } from '../testing/sketch.ts'

const everybody = { kind: 'attribute', name: 'phone', op: 'is_set' }
const buyers = { kind: 'events', event: 'order', op: 'gte', value: 1 }

type Happens = (driver: JourneyDriver) => JourneyDriver

/** Somebody’s way in, by which they come once; `otherwise`: an entrance that means something else, and has them too. */
interface Way {
  readonly node: NodeSketch
  readonly otherwise: NodeSketch
  readonly happens: Happens
}

const afterADay: Happens = (driver) => driver.advance('25 hours')

/** Each kind of entrance: a member comes in by it, and has left before it is published again. */
const ways: Readonly<Record<string, Way>> = {
  'an audience at one date': {
    node: ['audience_at', { audience: everybody, at: { kind: 'date', date: '2027-03-02', time: '10:00' } }],
    otherwise: ['audience_at', { audience: buyers, at: { kind: 'date', date: '2027-03-02', time: '10:00' } }],
    happens: afterADay,
  },
  'an audience that is there on publishing': {
    node: ['audience_at', { audience: everybody, at: { kind: 'join', present: true } }],
    otherwise: [
      'audience_at',
      { audience: { kind: 'any', of: [everybody, buyers] }, at: { kind: 'join', present: true } },
    ],
    happens: afterADay,
  },
  'joining an audience': {
    node: ['audience_at', { audience: buyers, at: { kind: 'join', present: false } }],
    otherwise: [
      'audience_at',
      { audience: { kind: 'any', of: [buyers, everybody] }, at: { kind: 'join', present: false } },
    ],
    happens: (driver) => driver.event('王芳', 'order').advance('25 hours'),
  },
  'a day of the customer’s own that comes once': {
    node: ['customer_date', { attribute: 'due', days: 0, time: '10:30', audience: null, repeat: 'once' }],
    otherwise: [
      'customer_date',
      { attribute: 'due', days: 0, time: '10:30', audience: everybody, repeat: 'once' },
    ],
    happens: afterADay,
  },
  'an event': {
    node: by.event('order'),
    otherwise: by.event('order', { audience: everybody }),
    happens: (driver) => driver.event('王芳', 'order').advance('25 hours'),
  },
  'a list by hand': {
    node: by.hand(),
    otherwise: by.hand(),
    happens: (driver) => driver.enter('王芳').advance('25 hours'),
  },
}

const drawn = (node: NodeSketch, text: string) => ({
  nodes: { way: node, hello: by.sms(text), done: by.exit() },
  flow: ['way -> hello', 'hello -> done'],
  // The rule that would let them in again, if anything did.
  settings: { reentry: { kind: 'after_leaving' } },
})

/** What is past by then may not be published; then nothing changes. */
async function publishUnlessPast(driver: JourneyDriver, next: ReturnType<typeof drawn>): Promise<void> {
  try {
    driver.freeze(next)
    await driver.brand.settle()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'journey-has-errors') throw error
  }
}

describe('3: publishing again enrolls nobody twice', () => {
  test.each(Object.entries(ways))('%s', async (_name, { node, otherwise, happens }) => {
    const story = drive({ at: '2027-03-01T10:00:00+08:00' })
      .member('王芳', { attributes: { due: '2027-03-02' } })
      .publish(drawn(node, '您好'))
    await happens(story)
      .expectEnded('王芳', 'done')
      .publish(drawn(node, '您好'))
      .advance('2 days')
      .expectEnded('王芳', 'done')
      .publish(drawn(node, '早上好'))
      .advance('2 days')
      .expectEnded('王芳', 'done')
      .do((driver) => publishUnlessPast(driver, drawn(otherwise, '早上好')))
      .advance('2 days')
      .expectEnded('王芳', 'done')
      .run()
  })

  test('a date that has passed is not published anew, so that nobody waits for it', () =>
    drive({ at: '2027-03-01T10:00:00+08:00' })
      .members('王芳')
      .refuses(
        'journey-has-errors',
        drawn(
          ['audience_at', { audience: everybody, at: { kind: 'date', date: '2027-02-28', time: '10:00' } }],
          '您好',
        ),
      )
      .do((driver) => expect(driver.rows('select 1 from versions')).toEqual([]))
      .run())

  test('a date that is put off lets in once more, as it says', () => {
    const at = (date: string) =>
      ['audience_at', { audience: everybody, at: { kind: 'date', date, time: '10:00' } }] as const
    return drive({ at: '2027-03-01T10:00:00+08:00' })
      .members('王芳')
      .publish(drawn(at('2027-03-02'), '您好'))
      .advance('1 day')
      .publish(drawn(at('2027-03-05'), '您好'))
      .advance('4 days')
      .expectEnded('王芳', 'done', 'done')
      .run()
  })
})

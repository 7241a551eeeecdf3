import { expect, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const lost = (member: boolean) => ({ kind: 'audience' as const, audience: 'refused', member })

/** A list of whom not to write to, which is taken away behind the product's back. */
const listed = () =>
  drive()
    .members('王芳', '李雷')
    .do(({ db }) =>
      db.sqlite.exec(
        `insert into audiences (key, name, kind, created_at, updated_at) values ('refused', '{"en":"Refused"}', 'list', 0, 0);
         insert into audience_members (audience, customer_id, at) values ('refused', '王芳', 0)`,
      ),
    )
const lose = ({ db }: ReturnType<typeof drive>) =>
  db.sqlite.exec(`delete from audiences; delete from audience_members`)

const asking = (when: object) => ({
  nodes: {
    hand: by.hand(),
    rest: by.rest('1 day'),
    ask: ['branch', { branches: [{ id: 'in', name: { en: 'In' }, when }] }] as const,
    hello: by.sms('您好'),
    done: by.exit(),
  },
  flow: ['hand -> rest', 'rest -> ask', 'ask.in -> done', 'ask.otherwise -> hello', 'hello -> done'],
})

test.each([
  ['who is in it', lost(true)],
  ['who is not in it, turned round', { kind: 'not' as const, of: lost(false) }],
  [
    'it among others',
    { kind: 'all' as const, of: [lost(true), { kind: 'tag' as const, tag: 'x', has: false }] },
  ],
])('a list that was lost lets nobody past a branch that asks %s', (_name, when) =>
  listed()
    .publish(asking(when))
    .enter('王芳', '李雷')
    .do(lose)
    .advance('2 days')
    .expectNotSent('hello')
    .expectWaitingAt('ask', '李雷', '王芳')
    .do(({ db }) => {
      const errors = db.sqlite.prepare('select error from enrollments').pluck().all()
      expect(errors).toEqual([expect.stringContaining('refused'), expect.stringContaining('refused')])
    })
    .run(),
)

test('a list that was lost lets nobody in by an event', () =>
  listed()
    .publish({
      nodes: { told: by.event('visited', { audience: lost(false) }), hello: by.sms('您好'), done: by.exit() },
      flow: ['told -> hello', 'hello -> done'],
    })
    .do(lose)
    .event('王芳', 'visited')
    .event('李雷', 'visited')
    .advance('1 day')
    .expectNotSent('hello')
    .run())

test('a list that nobody has been put into yet is no lost one', () =>
  drive()
    .members('王芳')
    .publish({
      nodes: {
        hand: by.hand(),
        ask: [
          'branch',
          {
            branches: [
              {
                id: 'new',
                name: { en: 'New' },
                when: { kind: 'audience', audience: 'greeted', member: false },
              },
            ],
          },
        ],
        hello: by.sms('您好'),
        keep: ['save_audience', { audience: 'greeted', name: { en: 'Greeted' } }],
        done: by.exit(),
      },
      flow: ['hand -> ask', 'ask.new -> hello', 'ask.otherwise -> done', 'hello -> keep', 'keep -> done'],
    })
    .enter('王芳')
    .advance('1 hour')
    .expectSent('hello', '王芳')
    .run())

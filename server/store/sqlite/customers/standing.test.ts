import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { standingOf } from '../../../../shared/message/standing.ts'
import { importOrigin } from '../../../../shared/origins/kinds.ts'
import { openDatabase } from '../database.ts'
import { addressStatesReader } from './address-states.ts'
import { addressCloser, addressOpener } from './closing.ts'
import { consentKeeper } from './consents.ts'
import { customerSaver } from './customers.ts'
import { doubtKeeper } from './doubts.ts'
import { customersReader } from './facts.ts'

const aFile = importOrigin('customers.csv', '')

const ids = ['c1', 'c2', 'c3']
const phone = fc.constantFrom('13800000001', '13800000002')
const id = fc.constantFrom(...ids)

/** What may happen to addresses, in any order. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('save' as const),
    id,
    phone,
    consent: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('close' as const),
    phone,
    why: fc.constantFrom('opted_out' as const, 'invalid' as const),
  }),
  fc.record({ kind: fc.constant('blacklist' as const), id }),
  fc.record({ kind: fc.constant('consent' as const), phone, consent: fc.boolean() }),
  fc.record({ kind: fc.constant('doubt' as const), phone }),
  fc.record({ kind: fc.constant('open' as const), phone }),
)

describe('what addresses have said', () => {
  test('is known of every customer, though it is read of those alone of whom there is more than the record', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 20 }), (happenings) => {
        const db = openDatabase(':memory:', { durability: 'off' })
        const close = addressCloser(db)
        const keep = consentKeeper(db)
        const place = (address: string) => ({ kind: 'phone', address, channel: 'sms' }) as const
        for (const [index, one] of happenings.entries()) {
          const at = 1000 + index
          if (one.kind === 'save') {
            const consent = one.consent === undefined ? {} : { consentSms: one.consent }
            customerSaver(db)([{ id: one.id, phone: one.phone, attributes: {}, ...consent }], at, aFile)
          } else if (one.kind === 'close') close({ ...place(one.phone), why: one.why, at, source: 'reply' })
          else if (one.kind === 'blacklist')
            close({
              kind: 'customer',
              address: one.id,
              channel: '*',
              why: 'blacklisted',
              at,
              source: 'person',
            })
          else if (one.kind === 'consent')
            keep({
              ...place(one.phone),
              consent: one.consent,
              source: 'file',
              proof: null,
              given: null,
              heard: at,
            })
          else if (one.kind === 'doubt')
            doubtKeeper(db)({ ...place(one.phone), customerId: null, text: '?', reason: 'curt', at })
          else addressOpener(db)(place(one.phone), { at, by: 'p' })
        }
        const states = addressStatesReader(db.sqlite)(ids)
        for (const [customerId, known] of customersReader(db.sqlite)(ids)) {
          const whole = standingOf(known, states(customerId))
          expect(known).toMatchObject({ ...whole, consentSms: whole.consentSms ?? known.consentSms })
        }
        db.close()
      }),
      { numRuns: 150 },
    )
  })
})

import { Select } from 'antd'
import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EventFilterEditor } from '../conditions/index.ts'
import type { NodeNumbers } from '../store/numbers.ts'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { NumberInput, SpanInput } from '../ui/fields/inputs.tsx'
import { AlsoEvents } from './AlsoEvents.tsx'
import { Bound } from './Bound.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import { CouponField, MessageField } from './EventOf.tsx'
import { VisitLimit } from './VisitLimit.tsx'

type Config = ConfigOf<'wait_event'>

function WaitEventForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Section title={t('waitEvent.what')}>
        <Field path="filter.event">
          <EventFilterEditor
            value={config.filter}
            onChange={(filter) => change({ ...config, filter }, 'filter')}
          />
        </Field>
        <CouponField
          path="coupon"
          value={config.coupon}
          onChange={(coupon) => change({ ...config, coupon }, 'coupon')}
        />
        <MessageField
          path="message"
          event={config.filter.event}
          value={config.message}
          onChange={(message) => change({ ...config, message }, 'message')}
        />
      </Section>
      <AlsoEvents value={config.also} onChange={(also, field) => change({ ...config, also }, field)} />
      <Field label={t('waitEvent.limit')} path="limit.amount" hint={t('waitEvent.limitHint')}>
        <Row>
          <SpanInput value={config.limit} onChange={(limit) => change({ ...config, limit }, 'limit')} />
        </Row>
      </Field>
      <Field label={t('waitEvent.since')} path="since">
        {(id) => (
          <Select
            id={id}
            value={config.since}
            options={(['wait', 'entry'] as const).map((since) => ({
              value: since,
              label: t(`waitEvent.sinces.${since}`),
            }))}
            onChange={(since) => change({ ...config, since }, 'since')}
          />
        )}
      </Field>
      <Bound value={config.bound} onChange={(bound) => change({ ...config, bound }, 'bound')} />
      <Field label={t('waitEvent.grace')} path="graceMinutes" hint={t('waitEvent.graceHint')}>
        {(id) => (
          <NumberInput
            id={id}
            value={config.graceMinutes}
            min={0}
            max={10_080}
            suffix={t('units.minute')}
            onChange={(graceMinutes) => change({ ...config, graceMinutes }, 'graceMinutes')}
          />
        )}
      </Field>
      <VisitLimit
        value={config.maxVisits}
        onChange={(maxVisits) => change({ ...config, maxVisits }, 'maxVisits')}
      />
    </>
  )
}

/** By whichever way out but those of nothing. */
function happenedIn({ ports }: NodeNumbers): number {
  const { timeout: _none, limit: _used, ...happened } = ports
  return Object.values(happened).reduce((sum, one) => sum + one, 0)
}

export const waitEvent = defineCard<Config>({
  icon: Hourglass,
  figures: (numbers) => [
    { label: 'waiting', value: numbers.waiting },
    { label: 'happened', value: happenedIn(numbers) },
  ],
  fields: {
    filter: (t) => t('waitEvent.what'),
    also: (t, place) => (place === null ? t('waitEvent.also') : t('waitEvent.another', { number: place })),
    limit: (t) => t('waitEvent.limit'),
    since: (t) => t('waitEvent.since'),
    coupon: (t) => t('waitEvent.coupon'),
    message: (t) => t('waitEvent.message'),
    bound: (t) => t('bound.name'),
    graceMinutes: (t) => t('waitEvent.grace'),
    maxVisits: (t) => t('visits.title'),
  },
  form: WaitEventForm,
})

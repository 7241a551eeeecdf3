import { Select } from 'antd'
import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { isReceipt } from '../../shared/conditions/receipts.ts'
import { useJourney } from '../conditions/editor.ts'
import { EventFilterEditor } from '../conditions/index.ts'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { NumberInput, SpanInput } from '../ui/fields/inputs.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { Bound } from './Bound.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
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
        <CouponField config={config} change={change} />
        <MessageField config={config} change={change} />
      </Section>
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

/** Which coupon's code the event must carry; shown where the journey gives coupons. */
function CouponField({ config, change }: Omit<FormProps<Config>, 'id'>) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const nodes = useJourney(({ nodes: all }) => all)
  const coupons = useJourney(
    useShallow(({ nodes: all }) => Object.keys(all).filter((id) => all[id]?.type === 'coupon')),
  )
  if (coupons.length === 0 && config.coupon === null) return null
  const named = (id: string) => ({ value: id, label: format.text(nodes[id]?.name ?? { en: id }) })
  return (
    <Field label={t('waitEvent.coupon')} path="coupon" hint={t('waitEvent.couponHint')}>
      {(id) => (
        <Select
          id={id}
          value={config.coupon ?? ''}
          options={[{ value: '', label: t('waitEvent.anyCoupon') }, ...coupons.map(named)]}
          onChange={(coupon) => change({ ...config, coupon: coupon === '' ? null : coupon }, 'coupon')}
        />
      )}
    </Field>
  )
}

/** Which message's report is waited for; shown where the event is one, and always of this passage alone. */
function MessageField({ config, change }: Omit<FormProps<Config>, 'id'>) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const nodes = useJourney(({ nodes: all }) => all)
  const sends = useJourney(
    useShallow(({ nodes: all }) => Object.keys(all).filter((id) => all[id]?.type === 'send')),
  )
  if (!isReceipt(config.filter.event)) return null
  const named = (id: string) => ({ value: id, label: format.text(nodes[id]?.name ?? { en: id }) })
  return (
    <Field label={t('waitEvent.message')} path="message" hint={t('waitEvent.messageHint')}>
      {(id) => (
        <Select
          id={id}
          value={config.message ?? ''}
          options={[{ value: '', label: t('waitEvent.anyMessage') }, ...sends.map(named)]}
          onChange={(message) => change({ ...config, message: message === '' ? null : message }, 'message')}
        />
      )}
    </Field>
  )
}

export const waitEvent = defineCard<Config>({
  icon: Hourglass,
  figures: (numbers) => [
    { label: 'waiting', value: numbers.waiting },
    { label: 'happened', value: numbers.ports.happened ?? 0 },
  ],
  fields: {
    filter: (t) => t('waitEvent.what'),
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

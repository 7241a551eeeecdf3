import { Button, Switch } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { sayName } from '../../shared/conditions/say.ts'
import { limits } from '../../shared/limits.ts'
import { EventFilterEditor } from '../conditions/index.ts'
import { freshId } from '../store/ids.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import styles from './AlsoEvents.module.css'
import type { ConfigOf } from './card.ts'
import { CouponField, MessageField } from './EventOf.tsx'

type Also = ConfigOf<'wait_event'>['also']
type Another = Also[number]

/** Further events, of which whichever comes first ends the wait; each may lead a way of its own. */
export function AlsoEvents({
  value,
  onChange,
}: {
  value: Also
  onChange: (also: Also, field: string) => void
}) {
  const { t } = useTranslation('nodes')
  const put = (index: number, next: Another, field: string) =>
    onChange(
      value.map((old, at) => (at === index ? next : old)),
      `also.${index}.${field}`,
    )
  const add = () => {
    const filter = { event: 'add_to_cart', where: [] }
    onChange([...value, { filter, coupon: null, message: null, port: null, name: null }], 'also')
  }
  return (
    <Section title={t('waitEvent.also')}>
      {value.map((one, index) => (
        // Nothing but its place tells one from another.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list has no ids, and is changed at its end
        <div key={index} className={styles.one}>
          <div className={fields.head}>
            <span>{t('waitEvent.another', { number: index + 1 })}</span>
            <Button
              type="text"
              size="small"
              danger
              icon={<Trash2 size={14} />}
              aria-label={t('waitEvent.remove')}
              onClick={() =>
                onChange(
                  value.filter((_old, at) => at !== index),
                  'also',
                )
              }
            />
          </div>
          <Field path={`also.${index}.filter.event`}>
            <EventFilterEditor
              value={one.filter}
              onChange={(filter) => put(index, { ...one, filter }, 'filter')}
            />
          </Field>
          <CouponField
            path={`also.${index}.coupon`}
            value={one.coupon}
            onChange={(coupon) => put(index, { ...one, coupon }, 'coupon')}
          />
          <MessageField
            path={`also.${index}.message`}
            event={one.filter.event}
            value={one.message}
            onChange={(message) => put(index, { ...one, message }, 'message')}
          />
          <OwnWay
            one={one}
            index={index}
            taken={value.flatMap(({ port }) => (port === null ? [] : [port]))}
            onChange={(next) => put(index, next, 'port')}
          />
        </div>
      ))}
      <Row>
        <Button
          icon={<Plus size={14} />}
          onClick={add}
          disabled={value.length >= limits.eventsWaitedFor.value}
          data-testid="add-event"
        >
          {t('waitEvent.add')}
        </Button>
      </Row>
      <p className={fields.hint}>{t('waitEvent.alsoHint')}</p>
    </Section>
  )
}

/** Whether who does this leaves by a way of its own, and what that is called. */
function OwnWay({
  one,
  index,
  taken,
  onChange,
}: {
  one: Another
  index: number
  taken: readonly string[]
  onChange: (next: Another) => void
}) {
  const { t } = useTranslation('nodes')
  const { event } = one.filter
  const turn = (on: boolean) => {
    const port = on ? freshId('event', (id) => taken.includes(id)) : null
    const name = on ? { 'zh-CN': sayName(event, 'zh-CN'), en: sayName(event, 'en') } : null
    onChange({ ...one, port, name })
  }
  return (
    <Field
      label={t('waitEvent.ownWay')}
      path={`also.${index}.name`}
      extra={
        <Switch size="small" checked={one.port !== null} aria-label={t('waitEvent.ownWay')} onChange={turn} />
      }
    >
      {one.port === null ? null : (
        <LocalTextInput
          value={one.name ?? {}}
          aria-label={t('waitEvent.wayName')}
          onChange={(name) => onChange({ ...one, name })}
        />
      )}
    </Field>
  )
}

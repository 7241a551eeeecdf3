import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { likelyRepeat } from '../../shared/conditions/own-day.ts'
import { DaysFrom } from '../conditions/festival.tsx'
import { NameSelect } from '../conditions/NameSelect.tsx'
import { useAttributeNames } from '../conditions/names.ts'
import { RepeatSelect } from '../conditions/RepeatSelect.tsx'
import fields from '../ui/fields/Field.module.css'
import { Field, Row } from '../ui/fields/Field.tsx'
import { AtTime, NumberInput } from '../ui/fields/inputs.tsx'
import type { UntilProps } from './wait-until.ts'

type Clock = 'at' | 'own' | 'earlier' | 'later'
const clocks: readonly Clock[] = ['at', 'own', 'earlier', 'later']

function clockOf({ time, minutes }: UntilProps<'customer_date'>['until']): Clock {
  if (time !== null) return 'at'
  if (minutes === 0) return 'own'
  return minutes < 0 ? 'earlier' : 'later'
}

/** A date of the customer's own, the days around it, and at which time of that day. */
export function OwnDateFields({ until, onChange }: UntilProps<'customer_date'>) {
  const { t } = useTranslation('nodes')
  const names = useAttributeNames()
  return (
    <>
      <Field label={t('customerDate.attribute')} path="until.attribute" hint={t('customerDate.hint')}>
        <NameSelect
          value={until.attribute}
          options={names}
          aria-label={t('customerDate.attribute')}
          onChange={(attribute) =>
            onChange({ ...until, attribute, repeat: likelyRepeat(attribute) }, 'until.attribute')
          }
        />
      </Field>
      <Field path="until.days">
        <Row>
          <DaysFrom value={until.days} onChange={(days) => onChange({ ...until, days }, 'until.days')} />
          <ClockSelect until={until} onChange={onChange} />
        </Row>
      </Field>
      <Field label={t('repeat.label')} path="until.repeat" hint={t('repeat.hint')}>
        <RepeatSelect
          value={until.repeat ?? (until.attribute === 'birthday' ? 'yearly' : undefined)}
          onChange={(repeat) => onChange({ ...until, repeat }, 'until.repeat')}
        />
      </Field>
    </>
  )
}

/** A time of day, that of the value itself, or some hours from it. */
function ClockSelect({ until, onChange }: UntilProps<'customer_date'>) {
  const { t } = useTranslation('nodes')
  const clock = clockOf(until)
  const hours = Math.max(1, Math.round(Math.abs(until.minutes) / 60))
  const choose = (next: Clock) => {
    const minutes = next === 'earlier' ? -60 * hours : next === 'later' ? 60 * hours : 0
    onChange({ ...until, time: next === 'at' ? '10:00' : null, minutes }, 'until.time')
  }
  return (
    <>
      <Select
        className={fields.choice ?? ''}
        popupMatchSelectWidth={false}
        value={clock}
        aria-label={t('wait.clock')}
        options={clocks.map((one) => ({ value: one, label: t(`wait.clocks.${one}`) }))}
        onChange={choose}
      />
      {until.time === null ? null : (
        <AtTime value={until.time} onChange={(time) => onChange({ ...until, time }, 'until.time')} />
      )}
      {clock === 'earlier' || clock === 'later' ? (
        <NumberInput
          value={hours}
          min={1}
          max={8760}
          suffix={t('units.hour')}
          aria-label={t('wait.hours')}
          onChange={(next) =>
            onChange({ ...until, minutes: (clock === 'earlier' ? -60 : 60) * next }, 'until.minutes')
          }
        />
      ) : null}
    </>
  )
}

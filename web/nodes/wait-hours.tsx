import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { sayWeekday } from '../../shared/calendar/say-window.ts'
import type { WindowDays } from '../../shared/calendar/window.ts'
import { useLocale } from '../locales/useLocale.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row, Word } from '../ui/fields/Field.tsx'
import { AtTime } from '../ui/fields/inputs.tsx'
import { TimeInput } from '../ui/TimeInput.tsx'
import type { UntilProps } from './wait-until.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
type Choice = 'any' | 'weekday' | 'weekend' | 'some'
const choices: readonly Choice[] = ['any', 'weekday', 'weekend', 'some']

/** On which days of the week: any, the working days, the weekend, or some that are picked. */
function DaysSelect({ value, onChange }: { value: WindowDays; onChange: (value: WindowDays) => void }) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const picked = typeof value === 'string' ? null : [...value]
  return (
    <>
      <Select
        className={fields.choice ?? ''}
        popupMatchSelectWidth={false}
        value={picked === null && typeof value === 'string' ? value : 'some'}
        aria-label={t('wait.days')}
        options={choices.map((one) => ({ value: one, label: t(`wait.dayChoices.${one}`) }))}
        onChange={(choice: Choice) => onChange(choice === 'some' ? [1, 2, 3, 4, 5] : choice)}
      />
      {picked === null ? null : (
        <Select
          mode="multiple"
          className={fields.grow ?? ''}
          style={{ minWidth: 160 }}
          value={picked}
          aria-label={t('wait.pickedDays')}
          options={everyDay.map((day) => ({ value: day, label: sayWeekday(day, locale) }))}
          onChange={(days: number[]) => {
            if (days.length > 0) onChange([...days].sort((a, b) => a - b))
          }}
        />
      )}
    </>
  )
}

/** Days of the week and hours in which somebody goes on. */
export function HoursFields({ until, onChange }: UntilProps<'weekday'>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Field path="until.days" hint={t('wait.hoursHint')}>
        <Row>
          <DaysSelect value={until.days} onChange={(days) => onChange({ ...until, days }, 'until.days')} />
        </Row>
        <Row>
          <TimeInput
            value={until.from}
            aria-label={t('wait.from')}
            onChange={(from) => onChange({ ...until, from }, 'until.from')}
          />
          <Word>{t('wait.to')}</Word>
          <TimeInput
            value={until.to}
            aria-label={t('wait.till')}
            onChange={(to) => onChange({ ...until, to }, 'until.to')}
          />
        </Row>
      </Field>
      <Field label={t('wait.inside')} path="until.inside">
        {(id) => (
          <Select
            id={id}
            value={until.inside}
            options={(['go_on', 'next'] as const).map((inside) => ({
              value: inside,
              label: t(`wait.insides.${inside}`),
            }))}
            onChange={(inside) => onChange({ ...until, inside }, 'until.inside')}
          />
        )}
      </Field>
    </>
  )
}

/** The next time that the clock shows a time. */
export function ClockFields({ until, onChange }: UntilProps<'time'>) {
  const { t } = useTranslation('nodes')
  return (
    <Field path="until.time" hint={t('wait.timeHint')}>
      <Row>
        <DaysSelect value={until.days} onChange={(days) => onChange({ ...until, days }, 'until.days')} />
        <AtTime value={until.time} onChange={(time) => onChange({ ...until, time }, 'until.time')} />
      </Row>
    </Field>
  )
}

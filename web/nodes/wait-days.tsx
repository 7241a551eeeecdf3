import { useTranslation } from 'react-i18next'
import { DaysFrom, FestivalSelect } from '../conditions/festival.tsx'
import { DateInput } from '../ui/DateInput.tsx'
import { Field, Row } from '../ui/fields/Field.tsx'
import { AtTime, SpanInput } from '../ui/fields/inputs.tsx'
import type { UntilProps } from './wait-until.ts'

export function DurationFields({ until, onChange }: UntilProps<'duration'>) {
  const { t } = useTranslation('nodes')
  return (
    <Field path="until.span.amount" hint={t('wait.calendarDays')}>
      <Row>
        <SpanInput value={until.span} onChange={(span) => onChange({ ...until, span }, 'until.span')} />
      </Row>
    </Field>
  )
}

export function DateFields({ until, onChange }: UntilProps<'date'>) {
  const { t } = useTranslation('nodes')
  return (
    <Field path="until.date" hint={t('wait.local')}>
      <Row>
        <DateInput
          value={until.date}
          aria-label={t('fields.date')}
          onChange={(date) => onChange({ ...until, date }, 'until.date')}
        />
        <AtTime value={until.time} onChange={(time) => onChange({ ...until, time }, 'until.time')} />
      </Row>
    </Field>
  )
}

export function FestivalFields({ until, onChange }: UntilProps<'festival'>) {
  const { t } = useTranslation('nodes')
  return (
    <Field path="until.days" hint={t('wait.local')}>
      <Row>
        <FestivalSelect value={until.festival} onChange={(festival) => onChange({ ...until, festival })} />
        <DaysFrom value={until.days} onChange={(days) => onChange({ ...until, days }, 'until.days')} />
        <AtTime value={until.time} onChange={(time) => onChange({ ...until, time }, 'until.time')} />
      </Row>
    </Field>
  )
}

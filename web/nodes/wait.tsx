import { Segmented, Select } from 'antd'
import { Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { addDays, localDate } from '../../shared/calendar/index.ts'
import { useEditor } from '../conditions/editor.ts'
import { DaysFrom, FestivalSelect } from '../conditions/festival.tsx'
import { DateInput } from '../ui/DateInput.tsx'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { AtTime, SpanInput } from '../ui/fields/inputs.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import { VisitLimit } from './VisitLimit.tsx'

type Config = ConfigOf<'wait'>
type Until = Config['until']

function WaitForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { now, brand } = useEditor()
  const { until } = config
  const setUntil = (value: Until, field = 'until') => change({ ...config, until: value }, field)
  const choose = (kind: Until['kind']) => {
    const time = until.kind === 'duration' ? '10:00' : until.time
    const starts: { [K in Until['kind']]: Until } = {
      duration: { kind: 'duration', span: { amount: 3, unit: 'day' } },
      date: { kind: 'date', date: addDays(localDate(now, brand.zone), 1), time },
      festival: { kind: 'festival', festival: 'qixi', days: -3, time },
    }
    setUntil(starts[kind])
  }
  return (
    <>
      <Section title={t('wait.until')}>
        <Segmented
          block
          value={until.kind}
          aria-label={t('wait.until')}
          options={(['duration', 'festival', 'date'] as const).map((kind) => ({
            value: kind,
            label: t(`wait.kinds.${kind}`),
          }))}
          onChange={choose}
        />
        <UntilFields until={until} onChange={setUntil} />
      </Section>
      <Field label={t('wait.late')} path="late" hint={t(`wait.lateHints.${config.late}`)}>
        {(id) => (
          <Select
            id={id}
            value={config.late}
            options={(['go_on', 'skip', 'leave'] as const).map((late) => ({
              value: late,
              label: t(`wait.lates.${late}`),
            }))}
            onChange={(late) => change({ ...config, late }, 'late')}
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

function UntilFields({
  until,
  onChange,
}: {
  until: Until
  onChange: (until: Until, field?: string) => void
}) {
  const { t } = useTranslation('nodes')
  if (until.kind === 'duration')
    return (
      <Field path="until.span.amount" hint={t('wait.calendarDays')}>
        <Row>
          <SpanInput value={until.span} onChange={(span) => onChange({ ...until, span }, 'until.span')} />
        </Row>
      </Field>
    )
  return (
    <Field path={until.kind === 'date' ? 'until.date' : 'until.days'} hint={t('wait.local')}>
      <Row>
        {until.kind === 'date' ? (
          <DateInput
            value={until.date}
            aria-label={t('fields.date')}
            onChange={(date) => onChange({ ...until, date }, 'until.date')}
          />
        ) : (
          <>
            <FestivalSelect
              value={until.festival}
              onChange={(festival) => onChange({ ...until, festival })}
            />
            <DaysFrom value={until.days} onChange={(days) => onChange({ ...until, days }, 'until.days')} />
          </>
        )}
        <AtTime value={until.time} onChange={(time) => onChange({ ...until, time }, 'until.time')} />
      </Row>
    </Field>
  )
}

export const wait = defineCard<Config>({
  icon: Clock,
  figures: (numbers) => [
    { label: 'waiting', value: numbers.waiting },
    { label: 'passed', value: Object.values(numbers.ports).reduce((sum, one) => sum + one, 0) },
  ],
  fields: { until: (t) => t('wait.until'), late: (t) => t('wait.late'), maxVisits: (t) => t('visits.title') },
  form: WaitForm,
})

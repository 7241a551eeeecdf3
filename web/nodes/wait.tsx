import { Segmented, Select, Switch } from 'antd'
import { Clock } from 'lucide-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, localDate } from '../../shared/calendar/index.ts'
import type { UntilKind, UntilOf } from '../../shared/nodes/wait/until.ts'
import { useEditor } from '../conditions/editor.ts'
import { Field, Row, Section, Word } from '../ui/fields/Field.tsx'
import { SpanInput } from '../ui/fields/inputs.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import { VisitLimit } from './VisitLimit.tsx'
import styles from './wait.module.css'
import { DateFields, DurationFields, FestivalFields } from './wait-days.tsx'
import { ClockFields, HoursFields } from './wait-hours.tsx'
import { OwnDateFields } from './wait-own-date.tsx'
import type { UntilProps } from './wait-until.ts'

type Config = ConfigOf<'wait'>
type Until = Config['until']

/** What a kind begins with when it is chosen, and its fields. */
interface KindForm<Kind extends UntilKind> {
  readonly start: (time: string, today: string) => UntilOf<Kind>
  readonly fields: ComponentType<UntilProps<Kind>>
}

/** In the order in which they are offered. */
const kinds: { readonly [Kind in UntilKind]: KindForm<Kind> } = {
  duration: {
    start: () => ({ kind: 'duration', span: { amount: 3, unit: 'day' } }),
    fields: DurationFields,
  },
  time: { start: (time) => ({ kind: 'time', time, days: 'any' }), fields: ClockFields },
  weekday: {
    start: () => ({ kind: 'weekday', days: 'weekday', from: '09:00', to: '18:00', inside: 'go_on' }),
    fields: HoursFields,
  },
  festival: {
    start: (time) => ({ kind: 'festival', festival: 'qixi', days: -3, time }),
    fields: FestivalFields,
  },
  customer_date: {
    start: (time) => ({
      kind: 'customer_date',
      attribute: 'birthday',
      days: -3,
      time,
      minutes: 0,
      repeat: 'yearly',
    }),
    fields: OwnDateFields,
  },
  date: { start: (time, today) => ({ kind: 'date', date: addDays(today, 1), time }), fields: DateFields },
}
// The names of a closed list; `Object.keys` does not know that it is closed.
const kindNames = Object.keys(kinds) as UntilKind[]

function KindFields<Kind extends UntilKind>({ until, onChange }: UntilProps<Kind>) {
  const form: KindForm<Kind> = kinds[until.kind]
  const Fields = form.fields
  return <Fields until={until} onChange={onChange} />
}

function WaitForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { now, brand } = useEditor()
  const { until } = config
  const setUntil = (value: Until, field = 'until') => change({ ...config, until: value }, field)
  const time = 'time' in until && until.time !== null ? until.time : '10:00'
  return (
    <>
      <Section title={t('wait.until')}>
        <Segmented
          block
          className={styles.kinds ?? ''}
          value={until.kind}
          aria-label={t('wait.until')}
          options={kindNames.map((kind) => ({ value: kind, label: t(`wait.kinds.${kind}`) }))}
          onChange={(kind) => setUntil(kinds[kind].start(time, localDate(now, brand.zone)))}
        />
        <KindFields until={until} onChange={setUntil} />
      </Section>
      <Late config={config} change={change} />
      {until.kind === 'customer_date' ? <Missing config={config} change={change} /> : null}
      <VisitLimit
        value={config.maxVisits}
        onChange={(maxVisits) => change({ ...config, maxVisits }, 'maxVisits')}
      />
    </>
  )
}

type PartProps = Omit<FormProps<Config>, 'id'>

/** What becomes of those who are too late, and by how much they must be. */
function Late({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const { late, lateBy } = config
  return (
    <>
      <Field
        label={t('wait.late')}
        path="late"
        hint={
          late === 'go_on' && config.until.kind === 'weekday'
            ? t('wait.lateHours')
            : t(`wait.lateHints.${late}`)
        }
      >
        {(id) => (
          <Select
            id={id}
            value={late}
            options={(['go_on', 'skip', 'leave'] as const).map((one) => ({
              value: one,
              label: t(`wait.lates.${one}`),
            }))}
            onChange={(next) => change({ ...config, late: next }, 'late')}
          />
        )}
      </Field>
      {late === 'go_on' && lateBy === null ? null : (
        <Field
          label={t('wait.lateBy')}
          path="lateBy.amount"
          hint={t('wait.lateByHint')}
          extra={
            <Switch
              size="small"
              checked={lateBy !== null}
              aria-label={t('wait.lateBy')}
              onChange={(on) =>
                change({ ...config, lateBy: on ? { amount: 2, unit: 'hour' } : null }, 'lateBy')
              }
            />
          }
        >
          {lateBy === null ? null : (
            <Row>
              <Word>{t('wait.lateOver')}</Word>
              <SpanInput value={lateBy} onChange={(next) => change({ ...config, lateBy: next }, 'lateBy')} />
            </Row>
          )}
        </Field>
      )}
    </>
  )
}

/** What becomes of those who have no such date. */
function Missing({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  return (
    <Field label={t('wait.missing')} path="missing" hint={t('wait.missingHint')}>
      {(id) => (
        <Select
          id={id}
          value={config.missing}
          options={(['leave', 'skip'] as const).map((one) => ({
            value: one,
            label: t(`wait.missings.${one}`),
          }))}
          onChange={(missing) => change({ ...config, missing }, 'missing')}
        />
      )}
    </Field>
  )
}

export const wait = defineCard<Config>({
  icon: Clock,
  figures: (numbers) => [
    { label: 'waiting', value: numbers.waiting },
    { label: 'passed', value: Object.values(numbers.ports).reduce((sum, one) => sum + one, 0) },
  ],
  fields: {
    until: (t) => t('wait.until'),
    late: (t) => t('wait.late'),
    lateBy: (t) => t('wait.lateBy'),
    missing: (t) => t('wait.missing'),
    maxVisits: (t) => t('visits.title'),
  },
  form: WaitForm,
})

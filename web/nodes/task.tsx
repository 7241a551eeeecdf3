import { Input, Select, Switch } from 'antd'
import { ClipboardCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { sayDays } from '../../shared/calendar/say-window.ts'
import { taskKinds } from '../../shared/effects/requests/task.ts'
import { limits } from '../../shared/limits.ts'
import { useEditor } from '../conditions/editor.ts'
import { useLocale } from '../locales/useLocale.ts'
import type { NodeNumbers } from '../store/numbers.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row } from '../ui/fields/Field.tsx'
import { SpanInput } from '../ui/fields/inputs.tsx'
import { AssumedShares, PersonAnswers } from './answers.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'task'>
type Whom = Config['for']
type PartProps = Omit<FormProps<Config>, 'id'>

const whoms = ['owner', 'staff', 'team'] as const satisfies readonly Whom['to'][]

function TaskForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Field label={t('task.kind')} path="kind">
        {(id) => (
          <Select
            id={id}
            value={config.kind}
            options={taskKinds.map((kind) => ({ value: kind, label: t(`task.kinds.${kind}`) }))}
            onChange={(kind) => change({ ...config, kind }, 'kind')}
          />
        )}
      </Field>
      <Field label={t('task.title')} path="title" hint={t('task.titleHint')}>
        {(id) => (
          <Input
            id={id}
            value={config.title}
            maxLength={limits.taskTitleLength.value}
            onChange={({ target }) => change({ ...config, title: target.value }, 'title')}
          />
        )}
      </Field>
      <Field label={t('task.text')} path="text" hint={t('task.textHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 3, maxRows: 12 }}
            value={config.text}
            onChange={({ target }) => change({ ...config, text: target.value }, 'text')}
          />
        )}
      </Field>
      <ForWhom config={config} change={change} />
      <Results config={config} change={change} />
      <Times config={config} change={change} />
      <Assumed config={config} change={change} />
    </>
  )
}

const whomOf: Readonly<Record<Whom['to'], (key: string) => Whom>> = {
  owner: () => ({ to: 'owner' }),
  staff: (staff) => ({ to: 'staff', staff }),
  team: (team) => ({ to: 'team', team }),
}

/** Whom a task may be given to besides the owner, by their names; nobody before that is known. */
function useWhoms(): Readonly<
  Record<Whom['to'], readonly { readonly value: string; readonly label: string }[]>
> | null {
  const { staff } = useEditor()
  if (staff === null) return null
  const options = (some: readonly { readonly id: string; readonly name: string }[]) =>
    some.map(({ id, name }) => ({ value: id, label: name === id ? id : `${name} · ${id}` }))
  return { owner: [], staff: options(staff.staff.filter(({ active }) => active)), team: options(staff.teams) }
}

/** Whoever has the customer, or one of the staff or a team, by their name. */
function ForWhom({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const known = useWhoms()
  const whom = config.for
  const set = (next: Whom) => change({ ...config, for: next }, 'for')
  const isEmpty = (to: Whom['to']) => to !== 'owner' && known !== null && known[to].length === 0
  const nobody = whoms.every((to) => to === 'owner' || isEmpty(to))
  return (
    <Field label={t('task.for')} path="for" hint={nobody ? t('task.nobody') : t(`task.forHints.${whom.to}`)}>
      {(id) => (
        <>
          <Select
            id={id}
            style={{ width: '100%' }}
            value={whom.to}
            options={whoms.map((to) => ({
              ...{ value: to, label: t(`task.whom.${to}`) },
              disabled: to !== whom.to && to !== 'owner' && (known === null || isEmpty(to)),
            }))}
            onChange={(to) => set(whomOf[to](known?.[to][0]?.value ?? ''))}
          />
          {whom.to === 'owner' ? null : (
            <Named
              to={whom.to}
              value={whom.to === 'staff' ? whom.staff : whom.team}
              known={known?.[whom.to] ?? null}
              onChange={(key) => set(whomOf[whom.to](key))}
            />
          )}
        </>
      )}
    </Field>
  )
}

interface NamedProps {
  readonly to: Exclude<Whom['to'], 'owner'>
  readonly value: string
  /** null: not known yet. */
  readonly known: readonly { readonly value: string; readonly label: string }[] | null
  readonly onChange: (key: string) => void
}

/** One of the staff, or a team. Whoever is gone stays as they were chosen, and is told as gone. */
function Named({ to, value, known, onChange }: NamedProps) {
  const { t } = useTranslation('nodes')
  const gone = known !== null && !known.some((one) => one.value === value)
  const options = known ?? []
  return (
    <>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: '100%', marginTop: 8 }}
        {...(gone ? { status: 'warning' } : {})}
        value={value}
        loading={known === null}
        aria-label={t(`task.keys.${to}`)}
        options={gone ? [...options, { value, label: t('task.gone', { key: value }) }] : [...options]}
        onChange={onChange}
        data-testid="task-for-whom"
      />
      {gone ? (
        <p className={fields.doubt} role="alert">
          {t(`task.goneHints.${to}`)}
        </p>
      ) : null}
    </>
  )
}

/** What may come of it, each a way out. */
function Results({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  return (
    <PersonAnswers
      answers={config.results}
      path="results"
      onChange={(results, field) => change({ ...config, results }, field)}
      least={1}
      most={limits.taskResults.value}
      words={{
        title: t('task.results'),
        one: (number) => t('task.result', { number }),
        add: t('task.add'),
        remove: t('task.remove'),
        fresh: { id: 'result', name: (number) => ({ 'zh-CN': `结果 ${number}`, en: `Result ${number}` }) },
      }}
    />
  )
}

/** By which hours the time passes: a task of an earlier journey may have some of its own. */
function HoursHint({ hours }: Pick<Config, 'hours'>) {
  const { t } = useTranslation('nodes')
  const { work } = useEditor().brand
  const { locale } = useLocale()
  if (hours === null) return t('task.hoursOff')
  const { from, to, days } = hours === 'brand' ? work : hours
  const said = { from, to, days: sayDays(days, locale) || t('task.everyDay') }
  return hours === 'brand' ? t('task.hoursBrand', said) : t('task.hoursOwn', said)
}

/** How long there is, when people work, and what happens once it is late. */
function Times({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const { hours, dayEnd, limit, escalate, priority } = config
  return (
    <>
      <Field label={t('task.limit')} path="limit.amount" hint={t('task.limitHint')}>
        <Row>
          <SpanInput value={config.limit} onChange={(limit) => change({ ...config, limit }, 'limit')} />
        </Row>
      </Field>
      <Field
        label={t('task.hours')}
        path="hours"
        hint={<HoursHint hours={hours} />}
        extra={
          <Switch
            size="small"
            checked={hours !== null}
            aria-label={t('task.hours')}
            onChange={(on) => change({ ...config, hours: on ? 'brand' : null }, 'hours')}
          />
        }
      >
        {null}
      </Field>
      {hours === 'brand' && limit.unit === 'day' ? (
        <Field
          label={t('task.dayEnd')}
          path="dayEnd"
          hint={t('task.dayEndHint')}
          extra={
            <Switch
              size="small"
              checked={dayEnd}
              aria-label={t('task.dayEnd')}
              onChange={(on) => change({ ...config, dayEnd: on }, 'dayEnd')}
            />
          }
        >
          {null}
        </Field>
      ) : null}
      <Field
        label={t('task.escalate')}
        path="escalate"
        hint={t('task.escalateHint')}
        extra={
          <Switch
            size="small"
            checked={escalate !== null}
            aria-label={t('task.escalate')}
            onChange={(on) =>
              change({ ...config, escalate: on ? { amount: 1, unit: 'day' } : null }, 'escalate')
            }
          />
        }
      >
        {escalate === null ? null : (
          <Row>
            <SpanInput
              value={escalate}
              onChange={(next) => change({ ...config, escalate: next }, 'escalate.span')}
            />
          </Row>
        )}
      </Field>
      <Field
        label={t('task.priority')}
        path="priority"
        extra={
          <Switch
            size="small"
            checked={priority === 'high'}
            aria-label={t('task.priority')}
            onChange={(high) => change({ ...config, priority: high ? 'high' : 'normal' }, 'priority')}
          />
        }
      >
        {null}
      </Field>
    </>
  )
}

/** What a rehearsal assumes, where nobody is asked: the first result, or a share for each. */
function Assumed({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  return (
    <AssumedShares
      answers={config.results}
      path="results"
      onChange={(results, field) => change({ ...config, results }, field)}
      hint={(left) => (left === null ? t('task.assumedFirst') : t('task.assumedLeft', { left }))}
    />
  )
}

/** By a result, whichever; and not in time. */
function doneIn({ ports }: NodeNumbers): { done: number; overdue: number } {
  const { overdue = 0, ...results } = ports
  return { done: Object.values(results).reduce((sum, one) => sum + one, 0), overdue }
}

export const task = defineCard<Config>({
  icon: ClipboardCheck,
  figures: (numbers) => {
    const { done, overdue } = doneIn(numbers)
    return [
      { label: 'waiting', value: numbers.waiting },
      { label: 'done', value: done },
      { label: 'overdue', value: overdue, tone: overdue > 0 ? 'bad' : 'plain' },
    ]
  },
  fields: {
    kind: (t) => t('task.kind'),
    title: (t) => t('task.title'),
    text: (t) => t('task.text'),
    for: (t) => t('task.for'),
    results: (t, place) => (place === null ? t('task.results') : t('task.result', { number: place })),
    limit: (t) => t('task.limit'),
    hours: (t) => t('task.hours'),
    dayEnd: (t) => t('task.dayEnd'),
    escalate: (t) => t('task.escalate'),
    priority: (t) => t('task.priority'),
  },
  form: TaskForm,
})

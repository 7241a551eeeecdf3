import { Button, Input, Select, Switch } from 'antd'
import { ClipboardCheck, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { taskKinds } from '../../shared/effects/requests/task.ts'
import { limits } from '../../shared/limits.ts'
import { freshId } from '../store/ids.ts'
import type { NodeNumbers } from '../store/numbers.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row, Section, Word } from '../ui/fields/Field.tsx'
import { NumberInput, SpanInput } from '../ui/fields/inputs.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import styles from './webhook-call.module.css'

type Config = ConfigOf<'task'>
type Result = Config['results'][number]
type Whom = Config['for']
type PartProps = Omit<FormProps<Config>, 'id'>

const whoms = ['owner', 'staff', 'team'] as const satisfies readonly Whom['to'][]
const usualHours = { from: '09:00', to: '18:00', days: [1, 2, 3, 4, 5] }

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

/** Whoever has the customer, or one of the staff or a team by their number. */
function ForWhom({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const whom = config.for
  const key = whom.to === 'staff' ? whom.staff : whom.to === 'team' ? whom.team : ''
  const set = (next: Whom) => change({ ...config, for: next }, 'for')
  return (
    <Field label={t('task.for')} path="for" hint={t(`task.forHints.${whom.to}`)}>
      {(id) => (
        <>
          <Select
            id={id}
            style={{ width: '100%' }}
            value={whom.to}
            options={whoms.map((to) => ({ value: to, label: t(`task.whom.${to}`) }))}
            onChange={(to) => set(whomOf[to](key === '' ? '1' : key))}
          />
          {whom.to === 'owner' ? null : (
            <Input
              style={{ marginTop: 8 }}
              value={key}
              maxLength={64}
              aria-label={t(`task.keys.${whom.to}`)}
              placeholder={t(`task.keys.${whom.to}`)}
              onChange={({ target }) => set(whomOf[whom.to](target.value))}
            />
          )}
        </>
      )}
    </Field>
  )
}

/** What may come of it, each a way out. */
function Results({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const { results } = config
  const set = (next: Result[], field: string) => change({ ...config, results: next }, field)
  const add = () => {
    const id = freshId('result', (one) => results.some((known) => known.id === one))
    const number = results.length + 1
    const name = { 'zh-CN': `结果 ${number}`, en: `Result ${number}` }
    const share = results.some((one) => one.share !== null) ? 0 : null
    set([...results, { id, name, share }], 'add')
  }
  return (
    <Section title={t('task.results')}>
      {results.map((one, index) => (
        <div key={one.id} className={styles.case}>
          <div className={fields.grow}>
            <Field path={`results.${index}.name`}>
              <LocalTextInput
                value={one.name}
                aria-label={t('task.result', { number: index + 1 })}
                onChange={(name) =>
                  set(
                    results.map((old) => (old.id === one.id ? { ...old, name } : old)),
                    `${one.id}.name`,
                  )
                }
              />
            </Field>
          </div>
          <Button
            type="text"
            danger
            icon={<Trash2 size={14} />}
            aria-label={t('task.remove')}
            disabled={results.length <= 1}
            onClick={() =>
              set(
                results.filter(({ id }) => id !== one.id),
                'remove',
              )
            }
          />
        </div>
      ))}
      <Row>
        <Button icon={<Plus size={14} />} onClick={add} disabled={results.length >= limits.taskResults.value}>
          {t('task.add')}
        </Button>
      </Row>
    </Section>
  )
}

/** How long there is, when people work, and what happens once it is late. */
function Times({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const { hours, escalate, priority } = config
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
        hint={hours === null ? t('task.hoursOff') : t('task.hoursOn', { from: hours.from, to: hours.to })}
        extra={
          <Switch
            size="small"
            checked={hours !== null}
            aria-label={t('task.hours')}
            onChange={(on) => change({ ...config, hours: on ? usualHours : null }, 'hours')}
          />
        }
      >
        {null}
      </Field>
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
  const { results } = config
  const said = results.some(({ share }) => share !== null)
  const left = 100 - results.reduce((sum, { share }) => sum + (share ?? 0), 0)
  const even = Math.floor(100 / results.length)
  const turn = (on: boolean) =>
    change({ ...config, results: results.map((one) => ({ ...one, share: on ? even : null })) }, 'shares')
  return (
    <Field
      label={t('decision.assumed')}
      path="results"
      hint={said ? t('task.assumedLeft', { left }) : t('task.assumedFirst')}
      extra={<Switch size="small" checked={said} aria-label={t('decision.assumed')} onChange={turn} />}
    >
      {said
        ? results.map((one) => (
            <Row key={one.id}>
              <NumberInput
                value={one.share ?? 0}
                min={0}
                max={100}
                suffix="%"
                aria-label={`${t('decision.share')} ${one.id}`}
                onChange={(share) =>
                  change(
                    {
                      ...config,
                      results: results.map((old) => (old.id === one.id ? { ...old, share } : old)),
                    },
                    `${one.id}.share`,
                  )
                }
              />
              <ResultName one={one} />
            </Row>
          ))
        : null}
    </Field>
  )
}

function ResultName({ one }: { one: Result }) {
  const format = useFormat()
  return <Word>{format.text(one.name)}</Word>
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
    escalate: (t) => t('task.escalate'),
    priority: (t) => t('task.priority'),
  },
  form: TaskForm,
})

import { Button, Input, Select } from 'antd'
import { Plus, Trash2, Waypoints } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { freshId } from '../store/ids.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { NumberInput } from '../ui/fields/inputs.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import { TryCall } from './TryCall.tsx'
import styles from './webhook-call.module.css'

type Config = ConfigOf<'webhook_call'>
type Case = Config['cases'][number]

function WebhookCallForm({ id: node, config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const portName = usePortName(config)
  return (
    <>
      <Field label={t('webhookCall.url')} path="url" hint={t('webhookCall.urlHint')}>
        {(id) => (
          <Input
            id={id}
            value={config.url}
            placeholder="https://"
            onChange={({ target }) => change({ ...config, url: target.value }, 'url')}
          />
        )}
      </Field>
      <Field label={t('webhookCall.body')} path="body" hint={t('webhookCall.bodyHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            className={styles.code ?? ''}
            spellCheck={false}
            autoSize={{ minRows: 4, maxRows: 14 }}
            value={config.body}
            onChange={({ target }) => change({ ...config, body: target.value }, 'body')}
          />
        )}
      </Field>
      <Answers config={config} change={change} />
      <Field label={t('webhookCall.wait')} path="waitMinutes" hint={t('webhookCall.waitHint')}>
        {(id) => (
          <NumberInput
            id={id}
            value={config.waitMinutes}
            min={1}
            max={1440}
            suffix={t('units.minute')}
            onChange={(waitMinutes) => change({ ...config, waitMinutes }, 'waitMinutes')}
          />
        )}
      </Field>
      <Rehearsed config={config} change={change} />
      <TryCall node={node} portName={portName} />
    </>
  )
}

type PartProps = Omit<FormProps<Config>, 'id'>

/** Which part of the answer is looked at, and a way out for each of its values. */
function Answers({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const { cases } = config
  const set = (next: Case[], field: string) => change({ ...config, cases: next }, field)
  const add = () => {
    const id = freshId('answer', (one) => cases.some((known) => known.id === one))
    const number = cases.length + 1
    const name = { 'zh-CN': `回答 ${number}`, en: `Answer ${number}` }
    set([...cases, { id, name, values: [String(cases.length)] }], 'add')
  }
  return (
    <Section title={t('webhookCall.answers')}>
      <Field label={t('webhookCall.path')} path="path" hint={t('webhookCall.pathHint')}>
        {(id) => (
          <Input
            id={id}
            className={styles.code ?? ''}
            value={config.path}
            placeholder="data.status"
            onChange={({ target }) => change({ ...config, path: target.value }, 'path')}
          />
        )}
      </Field>
      {cases.map((one, index) => (
        <CaseFields
          key={one.id}
          one={one}
          index={index}
          onChange={(next, field) =>
            set(
              cases.map((old, at) => (at === index ? next : old)),
              `${one.id}.${field}`,
            )
          }
          onRemove={() =>
            set(
              cases.filter((_old, at) => at !== index),
              'remove',
            )
          }
        />
      ))}
      <Row>
        <Button icon={<Plus size={14} />} onClick={add} disabled={cases.length >= 20}>
          {t('webhookCall.add')}
        </Button>
      </Row>
      <p className={fields.hint}>{t('webhookCall.answersHint')}</p>
    </Section>
  )
}

interface CaseProps {
  readonly one: Case
  readonly index: number
  readonly onChange: (next: Case, field: string) => void
  readonly onRemove: () => void
}

function CaseFields({ one, index, onChange, onRemove }: CaseProps) {
  const { t } = useTranslation('nodes')
  return (
    <div className={styles.case}>
      <div className={fields.grow}>
        <Field path={`cases.${index}.name`}>
          <LocalTextInput
            value={one.name}
            aria-label={t('webhookCall.name')}
            onChange={(name) => onChange({ ...one, name }, 'name')}
          />
        </Field>
        <Field path={`cases.${index}.values`}>
          <Select
            mode="tags"
            className={styles.values ?? ''}
            value={one.values}
            open={false}
            suffixIcon={null}
            placeholder={t('webhookCall.values')}
            aria-label={t('webhookCall.values')}
            onChange={(values) => onChange({ ...one, values }, 'values')}
          />
        </Field>
      </div>
      <Button
        type="text"
        size="small"
        danger
        icon={<Trash2 size={14} />}
        aria-label={t('webhookCall.remove')}
        onClick={onRemove}
      />
    </div>
  )
}

/** The ways out by their names. */
function usePortName({ cases }: Config): (port: string) => string {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  return (port) => {
    const own = cases.find(({ id }) => id === port)
    if (own !== undefined) return format.text(own.name)
    return port === 'failed' ? t('webhookCall.failed') : t('webhookCall.otherwise')
  }
}

/** Which way a rehearsal, a preview and a sandbox go, where nobody is called. */
function Rehearsed({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const ports = [
    ...config.cases.map(({ id, name }) => ({ value: id, label: format.text(name) })),
    { value: 'otherwise', label: t('webhookCall.otherwise') },
    { value: 'failed', label: t('webhookCall.failed') },
  ]
  return (
    <Field label={t('webhookCall.rehearse')} path="rehearse" hint={t('webhookCall.rehearseHint')}>
      {(id) => (
        <Select
          id={id}
          value={config.rehearse}
          options={ports}
          onChange={(rehearse) => change({ ...config, rehearse }, 'rehearse')}
        />
      )}
    </Field>
  )
}

export const webhookCall = defineCard<Config>({
  icon: Waypoints,
  figures: (numbers) => [
    { label: 'waiting', value: numbers.waiting },
    { label: 'failed', value: numbers.ports.failed ?? 0, tone: 'bad' },
  ],
  fields: {
    url: (t) => t('webhookCall.url'),
    body: (t) => t('webhookCall.body'),
    path: (t) => t('webhookCall.path'),
    cases: (t, place) =>
      place === null ? t('webhookCall.answers') : t('webhookCall.way', { number: place }),
    waitMinutes: (t) => t('webhookCall.wait'),
    rehearse: (t) => t('webhookCall.rehearse'),
  },
  form: WebhookCallForm,
})

import { Button, Input, Switch } from 'antd'
import { Plus, Trash2, UserRoundCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
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

type Config = ConfigOf<'decision'>
type Choice = Config['buttons'][number]

function DecisionForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Field label={t('decision.title')} path="title" hint={t('decision.titleHint')}>
        {(id) => (
          <Input
            id={id}
            value={config.title}
            maxLength={limits.taskTitleLength.value}
            onChange={({ target }) => change({ ...config, title: target.value }, 'title')}
          />
        )}
      </Field>
      <Field label={t('decision.text')} path="text" hint={t('decision.textHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 3, maxRows: 12 }}
            value={config.text}
            onChange={({ target }) => change({ ...config, text: target.value }, 'text')}
          />
        )}
      </Field>
      <Buttons config={config} change={change} />
      <Field label={t('decision.limit')} path="limit.amount" hint={t('decision.limitHint')}>
        <Row>
          <SpanInput value={config.limit} onChange={(limit) => change({ ...config, limit }, 'limit')} />
        </Row>
      </Field>
      <Assumed config={config} change={change} />
    </>
  )
}

type PartProps = Omit<FormProps<Config>, 'id'>

/** The buttons of the task, each a way out. */
function Buttons({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const { buttons } = config
  const set = (next: Choice[], field: string) => change({ ...config, buttons: next }, field)
  const add = () => {
    const id = freshId('choice', (one) => buttons.some((known) => known.id === one))
    const number = buttons.length + 1
    const name = { 'zh-CN': `选择 ${number}`, en: `Choice ${number}` }
    const share = buttons.some((one) => one.share !== null) ? 0 : null
    set([...buttons, { id, name, share }], 'add')
  }
  return (
    <Section title={t('decision.buttons')}>
      {buttons.map((one, index) => (
        <div key={one.id} className={styles.case}>
          <div className={fields.grow}>
            <Field path={`buttons.${index}.name`}>
              <LocalTextInput
                value={one.name}
                aria-label={t('decision.button', { number: index + 1 })}
                onChange={(name) =>
                  set(
                    buttons.map((old) => (old.id === one.id ? { ...old, name } : old)),
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
            aria-label={t('decision.remove')}
            disabled={buttons.length <= 2}
            onClick={() =>
              set(
                buttons.filter(({ id }) => id !== one.id),
                'remove',
              )
            }
          />
        </div>
      ))}
      <Row>
        <Button
          icon={<Plus size={14} />}
          onClick={add}
          disabled={buttons.length >= limits.decisionButtons.value}
        >
          {t('decision.add')}
        </Button>
      </Row>
    </Section>
  )
}

/** What a rehearsal assumes, where nobody is asked: the first button, or a share for each. */
function Assumed({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  const { buttons } = config
  const said = buttons.some(({ share }) => share !== null)
  const left = 100 - buttons.reduce((sum, { share }) => sum + (share ?? 0), 0)
  const even = Math.floor(100 / buttons.length)
  const turn = (on: boolean) =>
    change({ ...config, buttons: buttons.map((one) => ({ ...one, share: on ? even : null })) }, 'shares')
  return (
    <Field
      label={t('decision.assumed')}
      path="buttons"
      hint={said ? t('decision.assumedLeft', { left }) : t('decision.assumedFirst')}
      extra={<Switch size="small" checked={said} aria-label={t('decision.assumed')} onChange={turn} />}
    >
      {said
        ? buttons.map((one) => (
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
                      buttons: buttons.map((old) => (old.id === one.id ? { ...old, share } : old)),
                    },
                    `${one.id}.share`,
                  )
                }
              />
              <ButtonName one={one} />
            </Row>
          ))
        : null}
    </Field>
  )
}

function ButtonName({ one }: { one: Choice }) {
  const format = useFormat()
  return <Word>{format.text(one.name)}</Word>
}

/** By a button, whichever. */
function decidedIn({ ports }: NodeNumbers): number {
  const { timeout: _nobody, ...buttons } = ports
  return Object.values(buttons).reduce((sum, one) => sum + one, 0)
}

export const decision = defineCard<Config>({
  icon: UserRoundCheck,
  figures: (numbers) => [
    { label: 'waiting', value: numbers.waiting },
    { label: 'decided', value: decidedIn(numbers) },
  ],
  fields: {
    title: (t) => t('decision.title'),
    text: (t) => t('decision.text'),
    buttons: (t, place) => (place === null ? t('decision.buttons') : t('decision.button', { number: place })),
    limit: (t) => t('decision.limit'),
  },
  form: DecisionForm,
})

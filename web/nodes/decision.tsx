import { Input } from 'antd'
import { UserRoundCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { limits } from '../../shared/limits.ts'
import type { NodeNumbers } from '../store/numbers.ts'
import { Field, Row } from '../ui/fields/Field.tsx'
import { SpanInput } from '../ui/fields/inputs.tsx'
import { AssumedShares, PersonAnswers } from './answers.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'decision'>

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
  return (
    <PersonAnswers
      answers={config.buttons}
      path="buttons"
      onChange={(buttons, field) => change({ ...config, buttons }, field)}
      least={2}
      most={limits.decisionButtons.value}
      words={{
        title: t('decision.buttons'),
        one: (number) => t('decision.button', { number }),
        add: t('decision.add'),
        remove: t('decision.remove'),
        fresh: {
          id: 'choice',
          name: (number) => ({ 'zh-CN': `选择 ${number}`, en: `Choice ${number}` }),
        },
      }}
    />
  )
}

/** What a rehearsal assumes, where nobody is asked: the first button, or a share for each. */
function Assumed({ config, change }: PartProps) {
  const { t } = useTranslation('nodes')
  return (
    <AssumedShares
      answers={config.buttons}
      path="buttons"
      onChange={(buttons, field) => change({ ...config, buttons }, field)}
      hint={(left) => (left === null ? t('decision.assumedFirst') : t('decision.assumedLeft', { left }))}
    />
  )
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

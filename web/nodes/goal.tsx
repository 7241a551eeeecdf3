import { Select, Switch } from 'antd'
import { Target } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DaysFrom, FestivalSelect } from '../conditions/festival.tsx'
import { EventFilterEditor } from '../conditions/index.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row, Section, Word } from '../ui/fields/Field.tsx'
import { SpanInput } from '../ui/fields/inputs.tsx'
import { Bound } from './Bound.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'goal'>
type Window = Config['window']

function GoalForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Section title={t('goal.what')}>
        <Field path="filter.event">
          <EventFilterEditor
            value={config.filter}
            onChange={(filter) => change({ ...config, filter }, 'filter')}
          />
        </Field>
      </Section>
      <WindowFields value={config.window} onChange={(window) => change({ ...config, window }, 'window')} />
      <Bound value={config.bound} onChange={(bound) => change({ ...config, bound }, 'bound')} />
      <Field
        label={t('goal.ends')}
        path="ends"
        hint={t('goal.endsHint')}
        extra={
          <Switch
            size="small"
            checked={config.ends}
            aria-label={t('goal.ends')}
            onChange={(ends) => change({ ...config, ends }, 'ends')}
          />
        }
      >
        {null}
      </Field>
      <p className={fields.hint}>{t('goal.about')}</p>
    </>
  )
}

function WindowFields({ value, onChange }: { value: Window; onChange: (value: Window) => void }) {
  const { t } = useTranslation('nodes')
  const starts: { [K in Window['kind']]: Window } = {
    journey: { kind: 'journey' },
    span: { kind: 'span', span: { amount: 30, unit: 'day' } },
    festival: { kind: 'festival', festival: 'qixi', from: 0, to: 1 },
  }
  return (
    <Field label={t('goal.window')} path="window">
      <Select
        value={value.kind}
        aria-label={t('goal.window')}
        options={(['journey', 'span', 'festival'] as const).map((kind) => ({
          value: kind,
          label: t(`goal.windows.${kind}`),
        }))}
        onChange={(kind) => onChange(starts[kind])}
      />
      {value.kind === 'span' ? (
        <Row>
          <Word>{t('goal.within')}</Word>
          <SpanInput value={value.span} onChange={(span) => onChange({ ...value, span })} />
        </Row>
      ) : null}
      {value.kind === 'festival' ? (
        <>
          <Row>
            <FestivalSelect
              value={value.festival}
              onChange={(festival) => onChange({ ...value, festival })}
            />
          </Row>
          <Row>
            <Word>{t('window.from')}</Word>
            <DaysFrom value={value.from} onChange={(from) => onChange({ ...value, from })} />
          </Row>
          <Row>
            <Word>{t('window.to')}</Word>
            <DaysFrom value={value.to} onChange={(to) => onChange({ ...value, to })} />
          </Row>
          <p className={fields.hint}>{t('window.toExcluded')}</p>
        </>
      ) : null}
      <p className={fields.hint}>{t(`goal.windowHint.${value.kind}`)}</p>
    </Field>
  )
}

export const goal = defineCard<Config>({
  icon: Target,
  figures: (numbers) => [
    { label: 'reached', value: numbers.reached ?? 0 },
    ...(numbers.reachedControl ? [{ label: 'control' as const, value: numbers.reachedControl }] : []),
  ],
  fields: {
    filter: (t) => t('goal.what'),
    window: (t) => t('goal.window'),
    bound: (t) => t('bound.name'),
    ends: (t) => t('goal.ends'),
  },
  form: GoalForm,
})

import { Segmented, Switch } from 'antd'
import { MousePointerClick } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EventFilterEditor } from '../conditions/index.ts'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { SpanInput } from '../ui/fields/inputs.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import { OptionalCondition } from './OptionalCondition.tsx'

type Config = ConfigOf<'event'>

function EventForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Section title={t('event.what')}>
        <Field path="filter.event" hint={t('event.hint')}>
          <EventFilterEditor
            value={config.filter}
            onChange={(filter) => change({ ...config, filter }, 'filter')}
          />
        </Field>
      </Section>
      <UnlessFields config={config} change={change} />
      <OptionalCondition
        value={config.audience}
        path="audience"
        onChange={(audience) => change({ ...config, audience }, 'audience')}
      />
    </>
  )
}

/** Whether somebody comes in at once, or only where another thing is not done within a time. */
function UnlessFields({ config, change }: Omit<FormProps<Config>, 'id'>) {
  const { t } = useTranslation('nodes')
  const { unless } = config
  const set = (next: Config['unless'], field: string) => change({ ...config, unless: next }, field)
  const begin = (on: boolean) =>
    set(
      on
        ? { filter: { event: 'order', where: [] }, within: { amount: 1, unit: 'hour' }, restart: false }
        : null,
      'unless',
    )
  return (
    <Section title={t('event.whether')}>
      <Segmented
        block
        value={unless === null ? 'now' : 'unless'}
        aria-label={t('event.whether')}
        options={(['now', 'unless'] as const).map((way) => ({ value: way, label: t(`event.ways.${way}`) }))}
        onChange={(way) => begin(way === 'unless')}
      />
      {unless === null ? null : (
        <>
          <Field label={t('event.missing')} path="unless.filter.event">
            <EventFilterEditor
              value={unless.filter}
              onChange={(filter) => set({ ...unless, filter }, 'unless.filter')}
            />
          </Field>
          <Field label={t('event.within')} path="unless.within.amount" hint={t('event.withinHint')}>
            <Row>
              <SpanInput
                value={unless.within}
                onChange={(within) => set({ ...unless, within }, 'unless.within')}
              />
            </Row>
          </Field>
          <Field
            label={t('event.restart')}
            path="unless.restart"
            hint={t('event.restartHint')}
            extra={
              <Switch
                size="small"
                checked={unless.restart}
                aria-label={t('event.restart')}
                onChange={(restart) => set({ ...unless, restart }, 'unless.restart')}
              />
            }
          >
            {null}
          </Field>
        </>
      )}
    </Section>
  )
}

export const event = defineCard<Config>({
  icon: MousePointerClick,
  figures: (numbers) => [{ label: 'entered', value: numbers.in }],
  fields: {
    filter: (t) => t('event.what'),
    audience: (t) => t('audience.title'),
    unless: (t) => t('event.whether'),
  },
  form: EventForm,
})

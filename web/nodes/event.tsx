import { MousePointerClick } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EventFilterEditor } from '../conditions/index.ts'
import { Field, Section } from '../ui/fields/Field.tsx'
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
      <OptionalCondition
        value={config.audience}
        path="audience"
        onChange={(audience) => change({ ...config, audience }, 'audience')}
      />
    </>
  )
}

export const event = defineCard<Config>({
  icon: MousePointerClick,
  figures: (numbers) => [{ label: 'entered', value: numbers.in }],
  fields: { filter: (t) => t('event.what'), audience: (t) => t('audience.title') },
  form: EventForm,
})

import { Select } from 'antd'
import { Tag as TagIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useConditionServices } from '../conditions/index.ts'
import { Field, Section } from '../ui/fields/Field.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'tag'>

function TagForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { vocabulary } = useConditionServices()
  const options = (vocabulary?.tags ?? []).map((tag) => ({ value: tag, label: tag }))
  const field = (which: 'add' | 'remove') => (
    <Field label={t(`tag.${which}`)} path={which}>
      {(id) => (
        <Select
          id={id}
          mode="tags"
          value={config[which]}
          options={options}
          placeholder={t('tag.placeholder')}
          tokenSeparators={[',', '，', '、']}
          onChange={(tags) => change({ ...config, [which]: tags }, which)}
        />
      )}
    </Field>
  )
  return (
    <Section>
      {field('add')}
      {field('remove')}
    </Section>
  )
}

export const tag = defineCard<Config>({
  icon: TagIcon,
  figures: (numbers) => [{ label: 'tagged', value: numbers.ports.done ?? 0 }],
  fields: { add: (t) => t('tag.add'), remove: (t) => t('tag.remove') },
  form: TagForm,
})

import { AutoComplete } from 'antd'
import { PackageCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useConditionServices } from '../conditions/index.ts'
import { Field, Section } from '../ui/fields/Field.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'save_audience'>

function SaveAudienceForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { audiences } = useConditionServices()
  const format = useFormat()
  const choose = (key: string) => {
    const known = audiences.find((one) => one.key === key)
    change({ audience: key, name: known?.name ?? config.name }, 'audience')
  }
  return (
    <Section>
      <Field label={t('saveAudience.name')} path="name">
        {(id) => (
          <LocalTextInput
            id={id}
            value={config.name}
            onChange={(name) => change({ ...config, name }, 'name')}
          />
        )}
      </Field>
      <Field label={t('saveAudience.key')} path="audience" hint={t('saveAudience.keyHint')}>
        {(id) => (
          <AutoComplete
            id={id}
            value={config.audience}
            options={audiences.map(({ key, name }) => ({
              value: key,
              label: `${format.text(name)} · ${key}`,
            }))}
            onChange={(key: string) => change({ ...config, audience: key }, 'audience')}
            onSelect={choose}
          />
        )}
      </Field>
    </Section>
  )
}

export const saveAudience = defineCard<Config>({
  icon: PackageCheck,
  figures: (numbers) => [{ label: 'saved', value: numbers.ports.done ?? 0 }],
  fields: { audience: (t) => t('saveAudience.key'), name: (t) => t('saveAudience.name') },
  form: SaveAudienceForm,
})

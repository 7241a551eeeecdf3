import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { attributeList } from '../../../shared/api/attributes.ts'
import { ownerNameList } from '../../../shared/conditions/owner.ts'
import { sayValue } from '../../../shared/conditions/say.ts'
import { labelEntries, labels } from '../../../shared/contents/labels.ts'
import { limits } from '../../../shared/limits.ts'
import { scoreNames } from '../../../shared/models/scores.ts'
import { useApiQuery } from '../../api/query.ts'
import { type NamedOption, NameSelect } from '../../conditions/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Panel } from '../../ui/Page.tsx'
import styles from './SettingsPage.module.css'

/** What labels may ask for: what customers hold, each with examples, and what models and owners say of them. */
function useAsked(): readonly NamedOption[] {
  const { locale } = useLocale()
  const held = useApiQuery('/attributes', attributeList, { staleTime: 60_000 }).data?.attributes ?? []
  const notes = new Map(
    held.map(({ name, examples }) => {
      const said = examples.slice(0, 2).map((value) => sayValue(name, value, locale))
      return [name, said.join(' / ')] as const
    }),
  )
  const usual = labels.map((label) => labelEntries[label].attribute)
  const names = new Set<string>([...usual, ...notes.keys(), ...scoreNames, ...ownerNameList])
  return [...names].map((name) => ({ name, note: notes.get(name) ?? '' }))
}

/** Which attribute of a customer each label of the library's contents asks for. */
export function ContentLabels() {
  const { t } = useTranslation('settings')
  const { locale } = useLocale()
  const options = useAsked()
  return (
    <Panel title={t('brand.labels')}>
      <p className={styles.about}>{t('brand.labelsHint')}</p>
      <div className={styles.two} data-testid="content-labels">
        {labels.map((label) => (
          <Form.Item
            key={label}
            name={['labels', label]}
            label={labelEntries[label].name[locale]}
            rules={[
              { required: true, whitespace: true, message: t('required') },
              { max: limits.nameLength.value, message: t('brand.labelsLong') },
            ]}
          >
            <LabelAttribute options={options} aria-label={labelEntries[label].name[locale]} />
          </Form.Item>
        ))}
      </div>
    </Panel>
  )
}

interface LabelAttributeProps {
  readonly options: readonly NamedOption[]
  readonly 'aria-label': string
  /** These three come from the form. */
  readonly id?: string
  readonly value?: string
  readonly onChange?: (name: string) => void
}

function LabelAttribute({ value = '', onChange, ...rest }: LabelAttributeProps) {
  return <NameSelect {...rest} value={value} onChange={(name) => onChange?.(name)} />
}

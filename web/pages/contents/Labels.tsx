import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { staffList } from '../../../shared/api/staff.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import {
  type Label,
  type LabelAttributes,
  labelEntries,
  labels,
  type VariantLabels,
} from '../../../shared/contents/labels.ts'
import { entryOf, isScore } from '../../../shared/models/scores.ts'
import { useApiQuery } from '../../api/query.ts'
import { useSuggested } from '../../conditions/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Field } from '../../ui/fields/Field.tsx'
import styles from './contents.module.css'

interface LabelsProps {
  readonly value: VariantLabels
  readonly attributes: LabelAttributes
  readonly onChange: (value: VariantLabels) => void
}

/** Whom a variant is for: of each label any of some values, which the data has. */
export function Labels({ value, attributes, onChange }: LabelsProps) {
  return (
    <div className={styles.labels}>
      {labels.map((label) => (
        <LabelField
          key={label}
          label={label}
          attribute={attributes[label]}
          values={value[label]}
          onChange={(values) => onChange({ ...value, [label]: values })}
        />
      ))}
    </div>
  )
}

interface LabelFieldProps {
  readonly label: Label
  readonly attribute: string
  readonly values: readonly string[]
  readonly onChange: (values: string[]) => void
}

function LabelField({ label, attribute, values, onChange }: LabelFieldProps) {
  const { t } = useTranslation('contents')
  const { locale } = useLocale()
  const [typed, setTyped] = useState('')
  const [looking, setLooking] = useState(false)
  const words = useWords(attribute)
  const asked = { field: 'attribute', name: attribute } as const
  const found = useSuggested(words === null ? asked : null, typed, looking)
  const name = labelEntries[label].name[locale]
  return (
    <Field label={name} hint={t('labels.attribute', { name: sayName(attribute, locale) })}>
      {(id) => (
        <Select
          id={id}
          mode="tags"
          className={styles.grow ?? ''}
          aria-label={name}
          placeholder={t('variants.anyone')}
          tokenSeparators={[',', '，', '、']}
          value={[...values]}
          options={words ?? found.map(({ value, label: said }) => ({ value, label: said }))}
          popupMatchSelectWidth={220}
          showSearch={{
            onSearch: setTyped,
            filterOption: (text, option) => (option?.label ?? '').toLowerCase().includes(text.toLowerCase()),
          }}
          onFocus={() => setLooking(true)}
          onBlur={() => setTyped('')}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

/** The values that an attribute can have, under their names, where these are known without the data. */
function useWords(attribute: string): { value: string; label: string }[] | null {
  const { locale } = useLocale()
  const ofStaff = attribute === 'owner' || attribute === 'owner_team'
  const staff = useApiQuery('/staff', staffList, { staleTime: 60_000, enabled: ofStaff }).data
  if (attribute === 'owner_team')
    return (staff?.teams ?? []).map(({ id, name }) => ({ value: id, label: name }))
  if (attribute === 'owner') return (staff?.staff ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const words = isScore(attribute) ? entryOf(attribute).words : undefined
  return words === undefined
    ? null
    : Object.entries(words).map(([value, said]) => ({ value, label: said[locale] }))
}

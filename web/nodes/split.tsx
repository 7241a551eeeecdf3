import { Button } from 'antd'
import { Plus, Shuffle, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { freshId } from '../store/ids.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row, Section } from '../ui/fields/Field.tsx'
import { NumberInput } from '../ui/fields/inputs.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import { evenShares } from './list.ts'
import styles from './split.module.css'

type Config = ConfigOf<'split'>
type Variant = Config['variants'][number]

function SplitForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { variants } = config
  const sum = variants.reduce((total, { weight }) => total + weight, 0)
  const set = (next: Variant[], field: string) => change({ ...config, variants: next }, field)
  const replace = (at: number, next: Variant, field: string) =>
    set(
      variants.map((old, index) => (index === at ? next : old)),
      `${next.id}.${field}`,
    )
  const add = () => {
    const letter = String.fromCharCode(65 + variants.length)
    const id = freshId(letter.toLowerCase(), (one) => variants.some((variant) => variant.id === one))
    set([...variants, { id, name: { 'zh-CN': `${letter} 组`, en: letter }, weight: 0 }], 'add')
  }
  const even = () => {
    const shares = evenShares(variants.length)
    set(
      variants.map((variant, index) => ({ ...variant, weight: shares[index] ?? 0 })),
      'even',
    )
  }
  return (
    <Section title={t('split.variants')}>
      {variants.map((variant, index) => (
        <div key={variant.id} className={styles.variant}>
          <div className={fields.grow}>
            <LocalTextInput
              value={variant.name}
              aria-label={t('split.name')}
              onChange={(name) => replace(index, { ...variant, name }, 'name')}
            />
          </div>
          <NumberInput
            value={variant.weight}
            min={0}
            max={100}
            suffix="%"
            aria-label={t('split.weight')}
            onChange={(weight) => replace(index, { ...variant, weight }, 'weight')}
          />
          <Button
            type="text"
            size="small"
            danger
            icon={<Trash2 size={14} />}
            disabled={variants.length <= 2}
            aria-label={t('split.remove')}
            onClick={() =>
              set(
                variants.filter((_old, at) => at !== index),
                'remove',
              )
            }
          />
        </div>
      ))}
      <Field path="variants">
        <div className={styles.sum}>
          <span className={sum === 100 ? styles.right : styles.wrong}>{t('split.sum', { sum })}</span>
          <Button type="link" size="small" onClick={even}>
            {t('split.even')}
          </Button>
        </div>
      </Field>
      <Row>
        <Button icon={<Plus size={14} />} onClick={add} disabled={variants.length >= 20}>
          {t('split.add')}
        </Button>
      </Row>
      <p className={fields.hint}>{t('split.about')}</p>
    </Section>
  )
}

export const split = defineCard<Config>({
  icon: Shuffle,
  figures: (numbers) => [{ label: 'passed', value: numbers.in }],
  fields: {
    salt: (t) => t('split.variants'),
    variants: (t, place) => (place === null ? t('split.variants') : t('split.group', { number: place })),
  },
  form: SplitForm,
})

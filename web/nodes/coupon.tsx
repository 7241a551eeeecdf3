import { Button, Input, Segmented, Select } from 'antd'
import { Plus, TicketPercent, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../conditions/editor.ts'
import { ConditionEditor } from '../conditions/index.ts'
import { Field, Row, Section, Word } from '../ui/fields/Field.tsx'
import { MoneyInput, NumberInput } from '../ui/fields/inputs.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import { useFormat } from '../ui/useFormat.ts'
import styles from './branch.module.css'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'coupon'>

const own = {
  coupon: null,
  variants: [],
  name: { 'zh-CN': '优惠券', en: 'Coupon' },
  value: 2000,
  validDays: 14,
} as const

function CouponForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { brand } = useEditor()
  const [first] = brand.coupons ?? []
  const listed = config.coupon !== null || config.variants.length > 0
  const choose = (from: 'brand' | 'own') => {
    if (from === 'own') change({ ...config, ...own, variants: [] }, 'from')
    else
      change({ ...config, coupon: first?.key ?? 'coupon', name: null, value: null, validDays: null }, 'from')
  }
  return (
    <>
      <Section>
        <Field label={t('coupon.from')} hint={listed ? t('coupon.fromBrandHint') : t('coupon.fromOwnHint')}>
          <Segmented
            block
            value={listed ? 'brand' : 'own'}
            aria-label={t('coupon.from')}
            options={[
              { value: 'brand', label: t('coupon.fromBrand') },
              { value: 'own', label: t('coupon.fromOwn') },
            ]}
            onChange={choose}
          />
        </Field>
        {listed ? null : <OwnFields config={config} change={change} />}
        {listed ? (
          <Field label={t('coupon.usual')} path="coupon" hint={t('coupon.usualHint')}>
            <CouponSelect
              value={config.coupon}
              label={t('coupon.usual')}
              nobody={config.variants.length > 0}
              onChange={(coupon) => change({ ...config, coupon }, 'coupon')}
            />
          </Field>
        ) : null}
      </Section>
      {listed ? <Variants config={config} change={change} /> : null}
    </>
  )
}

interface CouponSelectProps {
  readonly value: string | null
  readonly label: string
  /** Whether nobody may be meant. */
  readonly nobody?: boolean
  readonly onChange: (value: string | null) => void
}

/** One of the brand's coupons; one that is gone is shown by its key. */
function CouponSelect({ value, label, nobody = false, onChange }: CouponSelectProps) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const { brand } = useEditor()
  const options = (brand.coupons ?? []).map(({ key, name }) => ({
    value: key,
    label: `${format.text(name)} · ${key}`,
  }))
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      aria-label={label}
      value={value ?? undefined}
      placeholder={nobody ? t('coupon.nobody') : t('coupon.choose')}
      allowClear={nobody}
      options={options}
      notFoundContent={t('coupon.none')}
      onChange={(key: string | undefined) => onChange(key ?? null)}
      data-testid="coupon-select"
    />
  )
}

/** Who gets another than the usual one: conditions in their order. */
function Variants({ config, change }: Pick<FormProps<Config>, 'config' | 'change'>) {
  const { t } = useTranslation('nodes')
  const { brand } = useEditor()
  const { variants } = config
  const set = (next: Config['variants'], field: string) => change({ ...config, variants: next }, field)
  const add = () =>
    set([...variants, { when: { kind: 'all', of: [] }, coupon: brand.coupons?.[0]?.key ?? 'coupon' }], 'add')
  return (
    <Section title={t('coupon.variants')}>
      <p className={styles.about}>{t('coupon.variantsAbout')}</p>
      {variants
        .map((variant, at) => ({ variant, at }))
        .map(({ variant, at }) => (
          <Field
            // Variants have no name but their place.
            key={`${at} ${variants.length}`}
            label={t('coupon.variant', { place: at + 1 })}
            path={`variants.${at}.coupon`}
            extra={
              <Button
                type="text"
                size="small"
                icon={<Trash2 size={14} />}
                aria-label={t('coupon.removeVariant')}
                onClick={() =>
                  set(
                    variants.filter((_one, place) => place !== at),
                    'remove',
                  )
                }
              />
            }
          >
            <CouponSelect
              value={variant.coupon}
              label={t('coupon.variant', { place: at + 1 })}
              onChange={(coupon) =>
                coupon === null
                  ? undefined
                  : set(replaced(variants, at, { ...variant, coupon }), `coupon ${at}`)
              }
            />
            <ConditionEditor
              value={variant.when}
              onChange={(when) => set(replaced(variants, at, { ...variant, when }), `when ${at}`)}
            />
          </Field>
        ))}
      <Button
        icon={<Plus size={14} />}
        onClick={add}
        disabled={variants.length >= 20}
        data-testid="coupon-add"
      >
        {t('coupon.addVariant')}
      </Button>
    </Section>
  )
}

const replaced = <T,>(list: readonly T[], at: number, one: T): T[] =>
  list.map((old, place) => (place === at ? one : old))

/** The node's own coupon, whose codes it makes itself. */
function OwnFields({ config, change }: Pick<FormProps<Config>, 'config' | 'change'>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Field label={t('coupon.name')} path="name">
        {(id) => (
          <LocalTextInput
            id={id}
            value={config.name ?? {}}
            onChange={(name) => change({ ...config, name }, 'name')}
          />
        )}
      </Field>
      <Field label={t('coupon.worth')} path="value">
        <Row>
          <Word>{t('coupon.over')}</Word>
          <MoneyInput
            value={config.minSpend}
            aria-label={t('coupon.minSpend')}
            onChange={(minSpend) => change({ ...config, minSpend }, 'minSpend')}
          />
          <Word>{t('coupon.off')}</Word>
          <MoneyInput
            value={config.value ?? undefined}
            aria-label={t('coupon.value')}
            onChange={(value) => change({ ...config, value }, 'value')}
          />
        </Row>
      </Field>
      <Field label={t('coupon.valid')} path="validDays">
        <Row>
          <NumberInput
            value={config.validDays ?? undefined}
            min={1}
            max={3650}
            suffix={t('units.day')}
            aria-label={t('coupon.valid')}
            onChange={(validDays) => change({ ...config, validDays }, 'validDays')}
          />
        </Row>
      </Field>
      <Field label={t('coupon.prefix')} path="prefix" hint={t('coupon.prefixHint')}>
        {(id) => (
          <Input
            id={id}
            value={config.prefix}
            maxLength={8}
            onChange={(event) => change({ ...config, prefix: event.target.value.toUpperCase() }, 'prefix')}
          />
        )}
      </Field>
    </>
  )
}

export const coupon = defineCard<Config>({
  icon: TicketPercent,
  figures: (numbers) => [{ label: 'issued', value: numbers.ports.issued ?? 0 }],
  fields: {
    coupon: (t) => t('coupon.usual'),
    variants: (t, place) => (place === null ? t('coupon.variants') : t('coupon.variant', { place })),
    name: (t) => t('coupon.name'),
    value: (t) => t('coupon.value'),
    minSpend: (t) => t('coupon.minSpend'),
    validDays: (t) => t('coupon.valid'),
    prefix: (t) => t('coupon.prefix'),
  },
  form: CouponForm,
})

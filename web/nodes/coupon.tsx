import { Input } from 'antd'
import { TicketPercent } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field, Row, Section, Word } from '../ui/fields/Field.tsx'
import { MoneyInput, NumberInput } from '../ui/fields/inputs.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'

type Config = ConfigOf<'coupon'>

function CouponForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  return (
    <Section>
      <Field label={t('coupon.name')} path="name">
        {(id) => (
          <LocalTextInput
            id={id}
            value={config.name}
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
            value={config.value}
            aria-label={t('coupon.value')}
            onChange={(value) => change({ ...config, value }, 'value')}
          />
        </Row>
      </Field>
      <Field label={t('coupon.valid')} path="validDays">
        <Row>
          <NumberInput
            value={config.validDays}
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
    </Section>
  )
}

export const coupon = defineCard<Config>({
  icon: TicketPercent,
  figures: (numbers) => [{ label: 'issued', value: numbers.ports.issued ?? 0 }],
  fields: {
    name: (t) => t('coupon.name'),
    value: (t) => t('coupon.value'),
    minSpend: (t) => t('coupon.minSpend'),
    validDays: (t) => t('coupon.valid'),
    prefix: (t) => t('coupon.prefix'),
  },
  form: CouponForm,
})

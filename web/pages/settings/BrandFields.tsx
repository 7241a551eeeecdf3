import { Button, Form, Input, InputNumber, Radio, Select, Switch } from 'antd'
import { Plus, X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { channels } from '../../../shared/channels/index.ts'
import type { Brand, Cap } from '../../../shared/journey/brand.ts'
import { abroadPrice, priceOf } from '../../../shared/message/compose.ts'
import { isOptOutText } from '../../../shared/message/opt-out.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { Panel } from '../../ui/Page.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { withPrice, withRate } from './prices.ts'
import styles from './SettingsPage.module.css'
import { currencyChoices, halfHours, zones } from './zones.ts'

/** Name, signature, opt-out words. */
export function Identity() {
  const { t } = useTranslation('settings')
  const named = (_: unknown, name: WrittenText) =>
    name['zh-CN']?.trim() || name.en?.trim() ? Promise.resolve() : Promise.reject(new Error(t('required')))
  const obeyed = (_: unknown, words: string) =>
    isOptOutText(words) ? Promise.resolve() : Promise.reject(new Error(t('brand.optOutDeaf')))
  const required = [{ required: true, whitespace: true, message: t('required') }]
  return (
    <Panel title={t('brand.identity')}>
      <Form.Item name="name" label={t('brand.name')} rules={[{ validator: named }]}>
        <LocalTextInput maxLength={40} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item
          name="signature"
          label={t('brand.signature')}
          extra={t('brand.signatureHint')}
          rules={required}
        >
          <Input prefix="【" suffix="】" maxLength={20} data-testid="brand-signature" />
        </Form.Item>
        <Form.Item
          name="optOut"
          label={t('brand.optOut')}
          extra={t('brand.optOutHint')}
          rules={[...required, { validator: obeyed }]}
        >
          <Input maxLength={20} />
        </Form.Item>
      </div>
    </Panel>
  )
}

/** Zone, language, currency. */
export function Place() {
  const { t } = useTranslation(['settings', 'common'])
  const zone: string | undefined = Form.useWatch('zone')
  const list = useMemo(() => zones(zone), [zone])
  const { locale } = useLocale()
  const currency: string | undefined = Form.useWatch('currency')
  const money = useMemo(() => currencyChoices(currency, locale), [currency, locale])
  return (
    <Panel title={t('brand.place')}>
      <Form.Item name="zone" label={t('brand.zone')} extra={t('brand.zoneHint')}>
        <Select showSearch options={list.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="language" label={t('brand.language')} extra={t('brand.languageHint')}>
          <Select
            options={(['zh-CN', 'en'] as const).map((value) => ({
              value,
              label: t(`common:language.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="currency" label={t('brand.currency')} extra={t('brand.currencyHint')}>
          <Select showSearch optionFilterProp="label" options={money} />
        </Form.Item>
      </div>
    </Panel>
  )
}

/** The hours in which marketing messages wait. */
export function Quiet() {
  const { t } = useTranslation('settings')
  return (
    <Panel title={t('brand.quiet')}>
      <Form.Item name="quietHours" noStyle>
        <QuietField />
      </Form.Item>
      <p className={styles.hint}>{t('brand.quietHint')}</p>
    </Panel>
  )
}

const usual = { from: '21:00', to: '09:00' }

function QuietField({
  value = null,
  onChange,
}: {
  value?: Brand['quietHours']
  onChange?: (value: Brand['quietHours']) => void
}) {
  const { t } = useTranslation('settings')
  return (
    <div className={styles.line} style={{ marginBottom: 0 }}>
      <Switch
        checked={value !== null}
        aria-label={t('brand.quietOn')}
        onChange={(on) => onChange?.(on ? usual : null)}
      />
      <span>{t('brand.quietOn')}</span>
      {value === null ? null : (
        <>
          <span className={styles.gap} />
          {t('brand.quietFrom')}
          <Time
            label={t('brand.quietFrom')}
            value={value.from}
            onChange={(from) => onChange?.({ ...value, from })}
          />
          {t('brand.quietTo')}
          <Time label={t('brand.quietTo')} value={value.to} onChange={(to) => onChange?.({ ...value, to })} />
        </>
      )}
    </div>
  )
}

/** HH:MM, by half hours; another time that was set elsewhere stays among them. */
function Time({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string) => void
}) {
  const times = [...new Set([...halfHours, value])].sort()
  return (
    <Select
      showSearch
      aria-label={label}
      style={{ width: 96 }}
      value={value}
      options={times.map((time) => ({ value: time, label: time }))}
      onChange={onChange}
    />
  )
}

/** Whether those who were never asked may be reached. */
export function Consent() {
  const { t } = useTranslation('settings')
  return (
    <Panel title={t('brand.consent')}>
      <Form.Item name="consent" noStyle>
        <Radio.Group
          vertical
          options={(['address_known', 'explicit'] as const).map((value) => ({
            value,
            label: t(`brand.${value}`),
          }))}
        />
      </Form.Item>
      <p className={styles.hint}>{t('brand.consentHint')}</p>
    </Panel>
  )
}

/** What becomes of somebody whom nobody knows when something of theirs comes in. */
export function Strangers() {
  const { t } = useTranslation('settings')
  return (
    <Panel title={t('brand.strangers')}>
      <Form.Item name="strangers" noStyle>
        <Radio.Group
          vertical
          options={(['refused', 'made'] as const).map((value) => ({
            value,
            label: t(`brand.stranger.${value}`),
          }))}
        />
      </Form.Item>
      <p className={styles.hint}>{t('brand.strangersHint')}</p>
    </Panel>
  )
}

/** The most messages that one customer gets in a run of days. */
export function Caps() {
  const { t } = useTranslation('settings')
  const fresh: Cap = { channel: null, messages: 3, days: 7 }
  return (
    <Panel title={t('brand.caps')}>
      <p className={styles.about}>{t('brand.capsHint')}</p>
      <Form.List name="caps">
        {(caps, { add, remove }) => (
          <>
            {caps.map(({ key, name }) => (
              <div key={key} className={styles.line}>
                <Form.Item name={[name, 'channel']} noStyle>
                  <CapChannel />
                </Form.Item>
                <Form.Item name={[name, 'days']} noStyle>
                  <InputNumber min={1} max={365} precision={0} style={{ width: 80 }} />
                </Form.Item>
                {t('brand.capDays')}
                <Form.Item name={[name, 'messages']} noStyle>
                  <InputNumber min={1} max={1000} precision={0} style={{ width: 80 }} />
                </Form.Item>
                {t('brand.capMessages')}
                <Button
                  type="text"
                  size="small"
                  aria-label={t('brand.removeCap')}
                  icon={<X size={14} />}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            {caps.length < 10 ? (
              <Button
                type="link"
                size="small"
                icon={<Plus size={13} />}
                onClick={() => add(fresh)}
                data-testid="add-cap"
              >
                {t('brand.addCap')}
              </Button>
            ) : null}
          </>
        )}
      </Form.List>
    </Panel>
  )
}

/** One channel, or null for all of them together. */
function CapChannel({
  value = null,
  onChange,
}: {
  value?: string | null
  onChange?: (value: string | null) => void
}) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const options: { value: string; label: string }[] = [
    { value: '', label: t('brand.capAll') },
    ...channels.map(({ id, name }) => ({ value: id, label: format.text(name) })),
  ]
  return (
    <Select
      style={{ width: 170 }}
      aria-label={t('brand.capChannel')}
      value={value ?? ''}
      options={options}
      onChange={(id) => onChange?.(id === '' ? null : id)}
    />
  )
}

/** What a message costs on each channel, and how fast messages may leave by it. */
export function Prices() {
  const { t } = useTranslation('settings')
  return (
    <Panel title={t('brand.prices')}>
      <p className={styles.about}>{t('brand.pricesHint')}</p>
      <div className={styles.two}>
        <Form.Item name="prices" noStyle>
          <PriceFields />
        </Form.Item>
      </div>
      <p className={styles.about}>{t('brand.ratesHint')}</p>
      <div className={styles.two}>
        <Form.Item name="rates" noStyle>
          <RateFields />
        </Form.Item>
      </div>
    </Panel>
  )
}

interface ByChannelProps {
  value?: Readonly<Record<string, number>>
  onChange?: (value: Record<string, number>) => void
}

function PriceFields({ value = {}, onChange }: ByChannelProps) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const currency: string = Form.useWatch('currency') ?? ''
  const shown = (id: string) => {
    // Abroad it costs what it does at home, where nobody has said otherwise.
    const price = id === abroadPrice ? (value[id] ?? null) : priceOf(id, { prices: value, currency })
    return price === null ? null : price / 1000
  }
  const abroad = { id: abroadPrice, label: t('brand.smsAbroad') }
  const rows = channels.flatMap(({ id, name }) => {
    const row = { id, label: format.text(name) }
    return id === 'sms' ? [row, abroad] : [row]
  })
  return rows.map(({ id, label }) => (
    <Form.Item key={id} label={label}>
      <InputNumber
        min={0}
        placeholder={t('brand.noPrice')}
        max={1000}
        step={0.001}
        precision={3}
        style={{ width: '100%' }}
        suffix={t('brand.perMessage', { currency })}
        value={shown(id)}
        onChange={(price) =>
          onChange?.(withPrice(value, id, price === null ? null : Math.round(price * 1000), currency))
        }
      />
    </Form.Item>
  ))
}

function RateFields({ value = {}, onChange }: ByChannelProps) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return channels.map(({ id, name }) => (
    <Form.Item key={id} label={format.text(name)}>
      <InputNumber
        min={0.01}
        max={10_000}
        style={{ width: '100%' }}
        placeholder={t('brand.noRate')}
        suffix={t('brand.perSecond')}
        value={value[id] ?? null}
        onChange={(rate) => onChange?.(withRate(value, id, rate))}
      />
    </Form.Item>
  ))
}

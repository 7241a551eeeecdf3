import { InputNumber, Segmented, Select } from 'antd'
import { HandHeart, Send as SendIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type ChannelId, channels } from '../../shared/channels/index.ts'
import { limits } from '../../shared/limits.ts'
import { nodeTypes } from '../../shared/nodes/index.ts'
import { useEditor } from '../conditions/editor.ts'
import { About, Field, Section } from '../ui/fields/Field.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { type ConfigOf, defineCard, type FormProps, type Preset } from './card.ts'
import { AiFields } from './send/AiFields.tsx'
import { FallbackFields } from './send/FallbackFields.tsx'
import { iconFor, isGreeting, looks, newSubject } from './send/looks.ts'
import { PhonePreview } from './send/PhonePreview.tsx'
import { SaidFields } from './send/SaidFields.tsx'
import styles from './send/send.module.css'

type Config = ConfigOf<'send'>

function SendForm({ id, config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const content = channels.find((one) => one.id === config.channel)?.content
  const { sms } = useEditor().brand
  const terms = content === 'sms' ? sms : undefined
  return (
    <>
      <ChannelFields config={config} change={change} />
      <SaidFields id={id} config={config} change={change} />
      <Section title={t('send.preview')}>
        <PhonePreview node={id} />
      </Section>
      {terms === undefined || config.ai !== null ? (
        <AiFields value={config.ai} onChange={(ai, field) => change({ ...config, ai }, field)} />
      ) : null}
      <FallbackFields id={id} config={config} change={change} />
      <Section title={t('send.cannot')}>
        {isGreeting(config) ? (
          <p className={styles.quiet}>{t('send.greetingCannot')}</p>
        ) : (
          <>
            <Field path="quiet" hint={t('send.cannotHint')}>
              <Select
                value={config.quiet}
                aria-label={t('send.quiet')}
                options={(['defer', 'skip'] as const).map((quiet) => ({
                  value: quiet,
                  label: t(`send.quiets.${quiet}`),
                }))}
                onChange={(quiet) => change({ ...config, quiet }, 'quiet')}
              />
            </Field>
            {config.purpose === 'service' ? null : <OverCap config={config} change={change} />}
          </>
        )}
      </Section>
    </>
  )
}

/** So long a message waits for room where nobody has said otherwise (hours). */
const usualWait = 48

function OverCap({ config, change }: Omit<FormProps<Config>, 'id'>) {
  const { t } = useTranslation('nodes')
  const { overCap } = config
  return (
    <Field path="overCap">
      <Select
        value={overCap === null ? 'skip' : 'defer'}
        aria-label={t('send.overCap')}
        options={(['skip', 'defer'] as const).map((way) => ({
          value: way,
          label: t(`send.overCaps.${way}`),
        }))}
        onChange={(way) =>
          change({ ...config, overCap: way === 'skip' ? null : { hours: usualWait } }, 'overCap')
        }
      />
      {overCap === null ? null : (
        <InputNumber
          style={{ width: '100%', marginTop: 8 }}
          prefix={t('send.overCapAtMost')}
          aria-label={t('send.overCapAtMost')}
          min={1}
          max={limits.capWaitHours.value}
          precision={0}
          value={overCap.hours}
          onChange={(hours) => change({ ...config, overCap: { hours: hours ?? usualWait } }, 'overCap')}
        />
      )}
    </Field>
  )
}

function ChannelFields({ config, change }: Omit<FormProps<Config>, 'id'>) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  return (
    <div className={styles.channels}>
      <Field label={t('send.channel')} path="channel">
        {(field) => (
          <Select
            id={field}
            value={config.channel}
            options={channels.map(({ id: channel, name }) => {
              const Icon = iconFor(channel)
              return {
                value: channel,
                disabled: config.fallbacks?.some((one) => one.channel === channel) === true,
                label: (
                  <span className={styles.channel}>
                    <Icon size={14} aria-hidden />
                    {format.text(name)}
                  </span>
                ),
              }
            })}
            onChange={(channel) =>
              change(
                { ...config, channel, subject: channel === 'email' ? (config.subject ?? newSubject) : null },
                'channel',
              )
            }
          />
        )}
      </Field>
      {isGreeting(config) ? null : (
        <Field
          label={t('send.purpose')}
          path="purpose"
          extra={<About text={t(`send.purposeHints.${config.purpose}`)} />}
        >
          <Segmented
            value={config.purpose}
            aria-label={t('send.purpose')}
            options={(['marketing', 'service'] as const).map((purpose) => ({
              value: purpose,
              label: t(`send.purposes.${purpose}`),
            }))}
            onChange={(purpose) => change({ ...config, purpose }, 'purpose')}
          />
        </Field>
      )}
    </div>
  )
}

/** A greeting stands in the palette beside the broadcast: the one leaves at once, the other waits for an employee. */
const greeting: Preset<Config> = {
  icon: HandHeart,
  stem: 'greeting',
  key: 'greeting',
  name: { 'zh-CN': '企微欢迎语', en: 'WeCom greeting' },
  help: {
    'zh-CN': '加好友后 20 秒内自动发出，每次加好友一条',
    en: 'Sent by itself within 20 seconds of a friend being added, once each time',
  },
  config: () => ({ ...nodeTypes.send.defaults(), channel: 'wecom', way: 'greeting' }),
}

/** A message by a channel, as the palette offers it. */
function preset(channel: ChannelId): Preset<Config> {
  return {
    ...looks[channel],
    key: looks[channel].stem,
    config: () => ({
      ...nodeTypes.send.defaults(),
      channel,
      subject: channel === 'email' ? newSubject : null,
    }),
  }
}

export const send = defineCard<Config>({
  icon: SendIcon,
  iconOf: (config) => (isGreeting(config) ? HandHeart : iconFor(config.channel)),
  presets: channels.flatMap(({ id }) => (id === 'wecom' ? [greeting, preset(id)] : [preset(id)])),
  polished: ({ ai }) => ai !== null,
  figures: ({ ports, delivered, clicked }) => [
    delivered === null || delivered === 0
      ? { label: 'sent', value: ports.sent ?? 0 }
      : { label: 'delivered', value: delivered },
    clicked !== null && delivered !== null && clicked > 0
      ? { label: 'clicked', value: clicked, of: delivered }
      : { label: 'notSent', value: ports.not_sent ?? 0 },
  ],
  fields: {
    channel: (t) => t('send.channel'),
    purpose: (t) => t('send.purpose'),
    subject: (t) => t('send.subject'),
    text: (t) => t('send.text'),
    mail: (t) => t('send.mail'),
    attachments: (t, place) =>
      place === null ? t('attachments.heading') : t('attachments.one', { number: place }),
    track: (t) => t('send.track'),
    way: (t) => t('send.way'),
    template: (t) => t('send.template'),
    body: (t) => t('send.body'),
    url: (t) => t('send.url'),
    ai: (t) => t('ai.title'),
    quiet: (t) => t('send.quiet'),
    overCap: (t) => t('send.overCap'),
    fallbacks: (t, place) =>
      place === null ? t('fallbacks.heading') : t('fallbacks.one', { number: place }),
    order: (t) => t('fallbacks.order'),
    within: (t) => t('fallbacks.within'),
  },
  form: SendForm,
})

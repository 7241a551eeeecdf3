import { Input, InputNumber, Segmented, Select } from 'antd'
import {
  BellRing,
  HandHeart,
  Mail,
  MessageCircle,
  MessageSquareText,
  MessagesSquare,
  Send as SendIcon,
  Webhook,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type ChannelId, channels, isChannelId } from '../../shared/channels/index.ts'
import { wecomWays } from '../../shared/channels/wecom.ts'
import { limits } from '../../shared/limits.ts'
import { nodeTypes } from '../../shared/nodes/index.ts'
import { useEditor } from '../conditions/editor.ts'
import { About, Field, Section } from '../ui/fields/Field.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { type ConfigOf, defineCard, type FormProps, type Preset } from './card.ts'
import { MailField } from './mail/MailField.tsx'
import { AiFields } from './send/AiFields.tsx'
import { AttachmentFields } from './send/AttachmentFields.tsx'
import { MessageField } from './send/MessageField.tsx'
import { PhonePreview } from './send/PhonePreview.tsx'
import styles from './send/send.module.css'
import { TemplateFields } from './send/TemplateFields.tsx'
import { TextFoot } from './send/TextFoot.tsx'

type Config = ConfigOf<'send'>

interface Look extends Omit<Preset<Config>, 'key' | 'config' | 'icon'> {
  readonly icon: typeof SendIcon
}

/** How each channel stands in the palette and on its cards. */
const looks: Readonly<Record<ChannelId, Look>> = {
  sms: {
    icon: MessageSquareText,
    stem: 'sms',
    name: { 'zh-CN': '短信', en: 'SMS' },
    help: { 'zh-CN': '按条计费，70 字一条', en: 'Charged by parts of 70 characters' },
  },
  wecom: {
    icon: MessageCircle,
    stem: 'wecom',
    name: { 'zh-CN': '企业微信', en: 'WeCom' },
    help: {
      'zh-CN': '群发给好友，员工点发送；每人每天一条',
      en: 'A broadcast to friends that employees send; one a day each',
    },
  },
  wechat: {
    icon: MessagesSquare,
    stem: 'wechat',
    name: { 'zh-CN': '公众号', en: 'WeChat account' },
    help: {
      'zh-CN': '客服消息：客户互动后才能发',
      en: 'An answer to followers who have just done something',
    },
  },
  email: {
    icon: Mail,
    stem: 'email',
    name: { 'zh-CN': '邮件', en: 'E-mail' },
    help: { 'zh-CN': '有主题，适合长文', en: 'With a subject, for longer texts' },
  },
  in_app: {
    icon: BellRing,
    stem: 'in-app',
    name: { 'zh-CN': '站内信', en: 'In-app' },
    help: { 'zh-CN': '客户打开应用时看到', en: 'Seen when the customer opens the app' },
  },
  webhook: {
    icon: Webhook,
    stem: 'webhook',
    name: { 'zh-CN': 'Webhook', en: 'Webhook' },
    help: { 'zh-CN': '把消息交给你的系统', en: 'Hands the message to a system of yours' },
  },
}

const isGreeting = ({ channel, way }: Pick<Config, 'channel' | 'way'>): boolean =>
  channel === 'wecom' && way === 'greeting'

/** A journey file may name a channel that this Magpie does not have. */
const iconFor = (channel: string) => (isChannelId(channel) ? looks[channel].icon : SendIcon)

function SendForm({ id, config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const content = channels.find((one) => one.id === config.channel)?.content
  const { sms } = useEditor().brand
  const terms = content === 'sms' ? sms : undefined
  return (
    <>
      <ChannelFields config={config} change={change} />
      {content === 'chat' ? (
        <Field label={t('send.way')} path="way" hint={t(`send.wayHints.${config.way}`)}>
          <Segmented
            block
            value={config.way}
            aria-label={t('send.way')}
            options={wecomWays.map((way) => ({ value: way, label: t(`send.ways.${way}`) }))}
            onChange={(way) => change({ ...config, way }, 'way')}
          />
        </Field>
      ) : null}
      {content === 'email' ? (
        <MessageField
          label={t('send.subject')}
          path="subject"
          singleLine
          value={config.subject ?? {}}
          onChange={(subject, declare) => change({ ...config, subject }, 'subject', declare)}
        />
      ) : null}
      {content === 'json' ? (
        <Field label={t('send.url')} path="url">
          {(field) => (
            <Input
              id={field}
              value={config.url ?? ''}
              placeholder="https://"
              onChange={({ target }) =>
                change({ ...config, url: target.value === '' ? null : target.value }, 'url')
              }
            />
          )}
        </Field>
      ) : null}
      {content === 'json' ? (
        <Field label={t('send.body')} path="body" extra={<About text={t(`send.bodyHints.${config.body}`)} />}>
          <Segmented
            value={config.body}
            aria-label={t('send.body')}
            options={(['envelope', 'json'] as const).map((body) => ({
              value: body,
              label: t(`send.bodies.${body}`),
            }))}
            onChange={(body) => change({ ...config, body }, 'body')}
          />
        </Field>
      ) : null}
      {terms === undefined ? (
        <Body id={id} config={config} change={change} />
      ) : (
        <TemplateFields terms={terms} config={config} change={change} />
      )}
      <AttachmentFields
        channel={config.channel}
        value={config.attachments}
        onChange={(attachments, field, declare) => change({ ...config, attachments }, field, declare)}
      />
      {content === 'json' ? null : (
        <Field path="track" hint={t('send.trackHint')}>
          <Select
            value={config.track === null ? 'brand' : config.track ? 'track' : 'plain'}
            aria-label={t('send.track')}
            data-testid="send-track"
            options={(['brand', 'track', 'plain'] as const).map((way) => ({
              value: way,
              label: t(`send.tracks.${way}`),
            }))}
            onChange={(way) =>
              change({ ...config, track: way === 'brand' ? null : way === 'track' }, 'track')
            }
          />
        </Field>
      )}
      <Section title={t('send.preview')}>
        <PhonePreview node={id} />
      </Section>
      {terms === undefined || config.ai !== null ? (
        <AiFields value={config.ai} onChange={(ai, field) => change({ ...config, ai }, field)} />
      ) : null}
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

/** The text, or of an e-mail the blocks in its place. */
function Body({ id, config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const content = channels.find((one) => one.id === config.channel)?.content
  const text = (
    <MessageField
      label={t(config.body === 'json' && content === 'json' ? 'send.json' : 'send.text')}
      path="text"
      value={config.text}
      onChange={(text, declare) => change({ ...config, text }, 'text', declare)}
      foot={(text) => <TextFoot text={text} config={config} />}
    />
  )
  if (content !== 'email') return text
  return (
    <MailField
      node={id}
      mail={config.mail}
      subject={{
        value: config.subject ?? newSubject,
        change: (subject, declare) => change({ ...config, subject }, 'subject', declare),
      }}
      onChange={(mail, declare) => change({ ...config, mail }, 'mail', declare)}
    >
      {text}
    </MailField>
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

const newSubject = { 'zh-CN': '', en: '' }

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
  },
  form: SendForm,
})

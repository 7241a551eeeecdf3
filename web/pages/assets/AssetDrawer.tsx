import { App, Button, Drawer, Input } from 'antd'
import { Copy, Replace, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type KeptAsset, keptAsset } from '../../../shared/api/assets.ts'
import { audienceUses } from '../../../shared/api/customers.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { Field } from '../../ui/fields/Field.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { Picture } from '../../ui/Picture.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { Uses } from '../Uses.tsx'
import { sizeOf } from './AssetsPage.tsx'
import styles from './assets.module.css'
import { replacePicture } from './useUpload.ts'

export interface AssetDrawerProps {
  /** null: closed. */
  readonly asset: KeptAsset | null
  readonly onClose: () => void
}

/** One picture: what it is called, how it is named, and where it is shown. */
export function AssetDrawer({ asset, onClose }: AssetDrawerProps) {
  const format = useFormat()
  return (
    <Drawer
      open={asset !== null}
      size={440}
      title={asset === null ? '' : format.text(asset.name)}
      onClose={onClose}
      extra={asset === null ? null : <Actions asset={asset} onGone={onClose} />}
    >
      {asset === null ? null : <Details key={asset.key} asset={asset} />}
    </Drawer>
  )
}

function Details({ asset }: { asset: KeptAsset }) {
  const { t } = useTranslation(['assets', 'common'])
  const format = useFormat()
  const notice = useNotice()
  const [name, setName] = useState<WrittenText>(asset.name)
  const [alt, setAlt] = useState<WrittenText>(asset.alt)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    setName(asset.name)
    setAlt(asset.alt)
  }, [asset.name, asset.alt])
  const changed = JSON.stringify([name, alt]) !== JSON.stringify([asset.name, asset.alt])
  const isWritten = (text: WrittenText) => Object.values(text).some((one) => one?.trim())
  const save = async () => {
    setBusy(true)
    try {
      await api.put(`/assets/${asset.key}`, keptAsset, { name, alt })
      await refresh('/assets')
      notice.done(t('saved'))
    } catch (error) {
      notice.problem(error)
    } finally {
      setBusy(false)
    }
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(asset.url)
      notice.done(t('copied'))
    } catch (error) {
      notice.problem(error)
    }
  }
  return (
    <div className={styles.details}>
      <span className={styles.large}>
        <Picture src={asset.path} alt={format.text(asset.alt)} className={styles.whole} />
      </span>
      <p className={styles.facts}>
        {asset.type.replace('image/', '').toUpperCase()} · {asset.width} × {asset.height} ·{' '}
        {sizeOf(asset.bytes)}
      </p>
      <Field label={t('fields.name')}>
        {(id) => <LocalTextInput id={id} value={name} onChange={setName} />}
      </Field>
      <Field label={t('fields.alt')} hint={t('fields.altHint')}>
        {(id) => <LocalTextInput id={id} value={alt} onChange={setAlt} />}
      </Field>
      <Button
        type="primary"
        loading={busy}
        disabled={!changed || !isWritten(name) || !isWritten(alt)}
        onClick={() => void save()}
      >
        {t('save')}
      </Button>
      <Field label={t('fields.key')} hint={t('fields.keyHint')}>
        {(id) => <Input id={id} readOnly value={asset.key} />}
      </Field>
      <Field label={t('fields.url')} hint={t('fields.urlHint')}>
        {(id) => (
          <Input
            id={id}
            readOnly
            value={asset.url}
            suffix={
              <Button
                type="text"
                size="small"
                icon={<Copy size={13} />}
                aria-label={t('copy')}
                onClick={() => void copy()}
              />
            }
          />
        )}
      </Field>
    </div>
  )
}

function Actions({ asset, onGone }: { asset: KeptAsset; onGone: () => void }) {
  const { t } = useTranslation(['assets', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const name = format.text(asset.name)
  const replace = async (file: File | undefined) => {
    if (file === undefined) return
    try {
      await replacePicture(asset.key, file)
      notice.done(t('replaced'))
    } catch (error) {
      notice.problem(error)
    }
  }
  const remove = async () => {
    try {
      const { uses } = await api.get(`/assets/${asset.key}/uses`, audienceUses)
      if (uses.length > 0) {
        const shown = modal.warning({
          title: t('inUse', { name }),
          width: 520,
          content: <Uses uses={uses} about={t('inUseAbout')} onLeave={() => shown.destroy()} />,
          okText: t('common:close'),
        })
        return
      }
    } catch (error) {
      notice.problem(error)
      return
    }
    modal.confirm({
      title: t('removeAsk', { name }),
      content: t('removeText'),
      okText: t('remove'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await api.delete(`/assets/${asset.key}`, z.unknown())
          onGone()
          notice.done(t('removed', { name }))
          await refresh('/assets')
        } catch (error) {
          notice.problem(error)
        }
      },
    })
  }
  return (
    <span className={styles.actions}>
      <Button size="small" icon={<Replace size={13} />} onClick={() => input.current?.click()}>
        {t('replace')}
      </Button>
      <Button size="small" danger icon={<Trash2 size={13} />} onClick={() => void remove()}>
        {t('remove')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        hidden
        onChange={({ target }) => {
          void replace(target.files?.[0])
          target.value = ''
        }}
      />
    </span>
  )
}

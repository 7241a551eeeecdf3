import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type UnreadableEntry, unreadableList } from '../../../shared/api/unreadable.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './UnreadableTab.module.css'

/** What stands in the database and cannot be read, to be mended or dropped. */
export function UnreadableTab() {
  const { t } = useTranslation('settings')
  const query = useApiQuery('/unreadable', unreadableList)
  return (
    <Panel>
      <p className={styles.about}>{t('unreadable.about')}</p>
      <Loaded query={query} skeleton={<TableSkeleton rows={3} />}>
        {({ entries, more }) =>
          entries.length === 0 ? (
            <p className={styles.none} data-testid="unreadable-none">
              {t('unreadable.none')}
            </p>
          ) : (
            <>
              <ul className={styles.list}>
                {entries.map((entry) => (
                  <Entry key={`${entry.place} ${entry.id}`} entry={entry} />
                ))}
              </ul>
              {more ? <p className={styles.about}>{t('unreadable.more')}</p> : null}
            </>
          )
        }
      </Loaded>
    </Panel>
  )
}

function Entry({ entry }: { entry: UnreadableEntry }) {
  const { t } = useTranslation(['settings', 'common'])
  const { modal } = App.useApp()
  const format = useFormat()
  const notice = useNotice()
  const [open, setOpen] = useState(false)
  const { place, id, drop } = entry
  const remove = async () => {
    try {
      await api.delete(`/unreadable?place=${place}&id=${encodeURIComponent(id)}`, z.undefined())
      notice.done(t('unreadable.dropped'))
    } catch (error) {
      notice.problem(error)
    }
    await refresh()
  }
  const ask = () =>
    modal.confirm({
      title: t('unreadable.dropAsk', { name: entry.name }),
      content: t(drop === 'row' ? 'unreadable.dropRow' : 'unreadable.dropValue'),
      okText: t('unreadable.drop'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: remove,
    })
  return (
    <li className={styles.entry} data-testid="unreadable-entry">
      <div className={styles.head}>
        <strong>{format.text(entry.what)}</strong>
        <span className={styles.name} title={entry.name}>
          {entry.name}
        </span>
        <span className={styles.tools}>
          <Button size="small" onClick={() => setOpen(true)} data-testid="unreadable-open">
            {t('unreadable.open')}
          </Button>
          {drop === null ? null : (
            <Button size="small" danger onClick={ask}>
              {t('unreadable.drop')}
            </Button>
          )}
        </span>
      </div>
      <p className={styles.reason}>{t('common:cannotBeRead', { reason: format.text(entry.reason) })}</p>
      {open ? <Editor entry={entry} onClose={() => setOpen(false)} /> : null}
    </li>
  )
}

function Editor({ entry, onClose }: { entry: UnreadableEntry; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const format = useFormat()
  const notice = useNotice()
  const [text, setText] = useState(entry.text)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      await api.put('/unreadable', z.undefined(), { place: entry.place, id: entry.id, text })
      notice.done(t('unreadable.mended'))
      onClose()
      await refresh()
    } catch (error) {
      notice.problem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={760}
      styles={{ title: { paddingInlineEnd: 24, overflowWrap: 'anywhere' } }}
      title={`${format.text(entry.what)} · ${entry.name}`}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <p className={styles.reason}>{t('common:cannotBeRead', { reason: format.text(entry.reason) })}</p>
      <Input.TextArea
        className={styles.text ?? ''}
        value={text}
        rows={16}
        spellCheck={false}
        aria-label={t('unreadable.text')}
        data-testid="unreadable-text"
        onChange={({ target }) => setText(target.value)}
      />
    </Modal>
  )
}

import { Button, Modal } from 'antd'
import { Images } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeptAsset } from '../../../shared/api/assets.ts'
import { assetPath } from '../../../shared/assets/asset.ts'
import { useEditor } from '../../conditions/editor.ts'
import { Picture } from '../../ui/Picture.tsx'
import { PictureDrop } from '../../ui/PictureDrop.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './attachments.module.css'

type Pick = (picture: KeptAsset) => void

/** Chooses a picture of the store, or takes a new one in. */
export function PicturePicker({ onPick }: { readonly onPick: Pick }) {
  const { t } = useTranslation('nodes')
  const [open, setOpen] = useState(false)
  const pick: Pick = (picture) => {
    setOpen(false)
    onPick(picture)
  }
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<Images size={13} />}
        onClick={() => setOpen(true)}
        data-testid="pick-picture"
      >
        {t('attachments.pick')}
      </Button>
      <Modal
        open={open}
        title={t('attachments.pickTitle')}
        footer={null}
        width={640}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Pictures onPick={pick} />
      </Modal>
    </>
  )
}

function Pictures({ onPick }: { readonly onPick: Pick }) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const notice = useNotice()
  const { pictures, addPicture } = useEditor()
  const [busy, setBusy] = useState(false)
  const take = async ([file]: readonly File[]) => {
    if (file === undefined) return
    setBusy(true)
    try {
      onPick(await addPicture(file))
    } catch (error) {
      notice.problem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles.pictures}>
      <PictureDrop
        small
        title={t('attachments.drop')}
        hint={t('attachments.dropHint')}
        busy={busy}
        onFiles={(files) => void take(files)}
      />
      {pictures.length === 0 ? <p className={styles.none}>{t('attachments.noPictures')}</p> : null}
      <ul className={styles.grid}>
        {pictures.map((asset) => (
          <li key={asset.key}>
            <button
              type="button"
              className={styles.tile}
              title={format.text(asset.name)}
              data-testid={`picture-${asset.key}`}
              onClick={() => onPick(asset)}
            >
              <Picture src={assetPath(asset)} alt={format.text(asset.alt)} className={styles.thumb} />
              <span>{format.text(asset.name)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

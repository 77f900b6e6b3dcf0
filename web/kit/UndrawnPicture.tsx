/** In the place of a picture that neither we nor most browsers can draw: what it is, and the way to it. */
import './undrawnPicture.css'

interface UndrawnProps {
  name: string
  address: string
}

export const UndrawnPicture = ({ name, address }: UndrawnProps) => (
  <a className="mz-undrawn" href={address} download={name} title={name}>
    <small>HEIC 照片，这里看不到</small>
    <b>{name}</b>
    <span>下载</span>
  </a>
)

/** ID of the editor plugin; the same as the name of its node set. */
export const EDITOR_ID = 'smtp2go-editor';
